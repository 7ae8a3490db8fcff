import type { Movie } from './movie.js';

/**
 * A film that is known in full, updated from a list: a list has neither people nor keywords, and its empty fields say
 * nothing about the film.
 */
export function mergeListed(known: Movie, listed: Movie): Movie {
  const orKnown = <Value>(value: readonly Value[], before: readonly Value[]) => (value.length === 0 ? before : value);
  return {
    ...listed,
    originalTitle: listed.originalTitle || known.originalTitle,
    originalLanguage: listed.originalLanguage ?? known.originalLanguage,
    releaseDate: listed.releaseDate ?? known.releaseDate,
    genres: orKnown(listed.genres, known.genres),
    keywords: orKnown(listed.keywords, known.keywords),
    cast: orKnown(listed.cast, known.cast),
    directors: orKnown(listed.directors, known.directors),
    overview: listed.overview || known.overview,
    runtimeMinutes: listed.runtimeMinutes ?? known.runtimeMinutes,
    posterPath: listed.posterPath ?? known.posterPath,
  };
}

/** Whether two films say the same in every field. */
export const sameMovie = (one: Movie, other: Movie): boolean =>
  JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());
