import * as z from 'zod';
import type { StoredMovie } from '../../ports/repository.js';
import { analysisSchema } from './analysis.js';
import { reviewSchema } from './review.js';

export const storedMovieSchema = z.strictObject({
  id: z.string(),
  tmdb_id: z.int(),
  title: z.string(),
  original_title: z.string(),
  original_language: z.string().nullable(),
  release_date: z.string().nullable(),
  genres: z.array(z.string()),
  keywords: z.array(z.string()),
  cast: z.array(z.string()),
  directors: z.array(z.string()),
  overview: z.string(),
  rating: z.number(),
  vote_count: z.number(),
  popularity: z.number(),
  runtime_minutes: z.number().nullable(),
  poster_path: z.string().nullable(),
  /** false: known from a list of related films, so that people and keywords may be missing. */
  detailed: z.boolean(),
  fetched_at: z.iso.datetime(),
});

const source = z.strictObject({ notice: z.string(), url: z.string() });

export const movieAnswerSchema = z.strictObject({
  movie: storedMovieSchema,
  sentiment: analysisSchema.nullable(),
  reviews: z.array(reviewSchema),
  /** Where the data comes from, as the providers want it said beside it. */
  attribution: z.strictObject({ movie: source, reviews: source.nullable() }),
});

export type WireMovieAnswer = z.infer<typeof movieAnswerSchema>;

export const toWireStoredMovie = (movie: StoredMovie): z.infer<typeof storedMovieSchema> => ({
  id: movie.id,
  tmdb_id: movie.tmdbId,
  title: movie.title,
  original_title: movie.originalTitle,
  original_language: movie.originalLanguage,
  release_date: movie.releaseDate,
  genres: [...movie.genres],
  keywords: [...movie.keywords],
  cast: [...movie.cast],
  directors: [...movie.directors],
  overview: movie.overview,
  rating: movie.rating,
  vote_count: movie.voteCount,
  popularity: movie.popularity,
  runtime_minutes: movie.runtimeMinutes,
  poster_path: movie.posterPath,
  detailed: movie.detailed,
  fetched_at: movie.fetchedAt,
});
