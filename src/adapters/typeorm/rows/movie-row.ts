import type { FilmRecord } from '../../../domain/merge-stored.js';
import type { Movie } from '../../../domain/movie.js';
import type { ReviewCollection, StoredMovie } from '../../../ports/repository.js';
import type { Row, SqlValue } from '../sql-connection.js';
import { json, jsonOrNull, number, numberOrNull, text, textOrNull } from './read-row.js';

/** What a film's write sets: not its id, its collections and its sentiment. */
export const movieColumns = [
  'tmdb_id',
  'title',
  'original_title',
  'original_language',
  'release_date',
  'genres',
  'keywords',
  'cast_names',
  'directors',
  'overview',
  'rating',
  'vote_count',
  'popularity',
  'runtime_minutes',
  'poster_path',
  'detailed',
  'related_ids',
  'fetched_at',
  'seen_at',
  'changed_at',
  'collections',
] as const;

export function toMovieValues(
  { movie, relatedIds, detailed, fetchedAt, seenAt }: FilmRecord,
  changedAt: string,
): SqlValue[] {
  return [
    movie.tmdbId,
    movie.title,
    movie.originalTitle,
    movie.originalLanguage,
    movie.releaseDate,
    JSON.stringify(movie.genres),
    JSON.stringify(movie.keywords),
    JSON.stringify(movie.cast),
    JSON.stringify(movie.directors),
    movie.overview,
    movie.rating,
    movie.voteCount,
    movie.popularity,
    movie.runtimeMinutes,
    movie.posterPath,
    detailed ? 1 : 0,
    JSON.stringify(relatedIds),
    fetchedAt,
    seenAt,
    changedAt,
    '[]',
  ];
}

export function toFilmRecord(row: Row): FilmRecord {
  return {
    movie: toMovie(row),
    relatedIds: json<number[]>(row, 'related_ids'),
    detailed: number(row, 'detailed') === 1,
    fetchedAt: text(row, 'fetched_at'),
    seenAt: text(row, 'seen_at'),
  };
}

export function toStoredMovie(row: Row): StoredMovie {
  return {
    ...toMovie(row),
    id: String(number(row, 'id')),
    fetchedAt: text(row, 'fetched_at'),
    changedAt: text(row, 'changed_at'),
    detailed: number(row, 'detailed') === 1,
    relatedIds: json<number[]>(row, 'related_ids'),
    collections: json<ReviewCollection[]>(row, 'collections'),
    sentiment: jsonOrNull(row, 'sentiment'),
  };
}

function toMovie(row: Row): Movie {
  return {
    tmdbId: number(row, 'tmdb_id'),
    title: text(row, 'title'),
    originalTitle: text(row, 'original_title'),
    originalLanguage: textOrNull(row, 'original_language'),
    releaseDate: textOrNull(row, 'release_date'),
    genres: json<string[]>(row, 'genres'),
    keywords: json<string[]>(row, 'keywords'),
    cast: json<string[]>(row, 'cast_names'),
    directors: json<string[]>(row, 'directors'),
    overview: text(row, 'overview'),
    rating: number(row, 'rating'),
    voteCount: number(row, 'vote_count'),
    popularity: number(row, 'popularity'),
    runtimeMinutes: numberOrNull(row, 'runtime_minutes'),
    posterPath: textOrNull(row, 'poster_path'),
  };
}
