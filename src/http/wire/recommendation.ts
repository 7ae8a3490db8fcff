import * as z from 'zod';
import type { Recommendation } from '../../domain/recommendation.js';

export const recommendationSchema = z.strictObject({
  tmdb_id: z.int(),
  title: z.string(),
  release_date: z.string().nullable(),
  rating: z.number(),
  poster_url: z.string().nullable(),
  score: z.number().min(0).max(1),
  sentiment: z.number().min(-1).max(1).nullable(),
  reasons: z.array(z.strictObject({ kind: z.string(), share: z.number(), values: z.array(z.string()) })),
  explanation: z.string(),
});

export type WireRecommendation = z.infer<typeof recommendationSchema>;

export const toWireRecommendation = (recommendation: Recommendation): WireRecommendation => ({
  tmdb_id: recommendation.tmdbId,
  title: recommendation.title,
  release_date: recommendation.releaseDate,
  rating: recommendation.rating,
  poster_url: recommendation.posterUrl,
  score: recommendation.score,
  sentiment: recommendation.sentiment,
  reasons: recommendation.reasons.map(({ kind, share, values }) => ({ kind, share, values: [...values] })),
  explanation: recommendation.explanation,
});
