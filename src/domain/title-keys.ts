import { foldTitle } from './fold-title.js';
import type { Movie } from './movie.js';

/** What an index column holds on every database; a longer title is found by its beginning. */
const longestKey = 255;

export const cutKey = (key: string): string => key.slice(0, longestKey).toWellFormed();

/** The keys under which a film is found by its titles; a title of signs only has none. */
export const titleKeys = ({ title, originalTitle }: Pick<Movie, 'title' | 'originalTitle'>): readonly string[] =>
  [...new Set([title, originalTitle].map((name) => cutKey(foldTitle(name))))].filter((key) => key !== '');
