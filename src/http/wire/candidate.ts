import * as z from 'zod';
import type { MovieCandidate } from '../../domain/movie.js';

/** A film that may be meant. */
export const candidateSchema = z.strictObject({
  tmdb_id: z.int(),
  title: z.string(),
  original_title: z.string(),
  original_language: z.string().nullable(),
  release_date: z.string().nullable(),
  overview: z.string(),
  rating: z.number(),
  vote_count: z.number(),
  popularity: z.number(),
  poster_path: z.string().nullable(),
});

export type WireCandidate = z.infer<typeof candidateSchema>;

export const toWireCandidate = (candidate: MovieCandidate): WireCandidate => ({
  tmdb_id: candidate.tmdbId,
  title: candidate.title,
  original_title: candidate.originalTitle,
  original_language: candidate.originalLanguage,
  release_date: candidate.releaseDate,
  overview: candidate.overview,
  rating: candidate.rating,
  vote_count: candidate.voteCount,
  popularity: candidate.popularity,
  poster_path: candidate.posterPath,
});
