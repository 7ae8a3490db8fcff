import { foldTitle } from '../../domain/fold-title.js';
import type { Movie } from '../../domain/movie.js';

/** The slot of a search that led to a film, so that it leads to one film only; a title's slot is the film's tmdb_id. */
export const searched = 0;

/** What the key column holds; a title beyond it is found by its beginning. */
const longestKey = 255;

export const cutKey = (key: string): string => key.slice(0, longestKey).toWellFormed();

/** The keys under which a film's titles are found. */
export const titleKeys = ({ title, originalTitle }: Pick<Movie, 'title' | 'originalTitle'>): readonly string[] =>
  [...new Set([title, originalTitle].map((name) => cutKey(foldTitle(name))))].filter((key) => key !== '');
