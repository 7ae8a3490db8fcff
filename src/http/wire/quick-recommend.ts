import * as z from 'zod';
import { recommendationSchema } from './recommendation.js';
import { movieSummarySchema } from './workflow-result.js';

export const quickRequestSchema = z.strictObject({
  movie_name: z.string().optional(),
  tmdb_id: z.int().min(1).optional(),
  limit: z.int().min(1).max(100).optional(),
});

export const quickAnswerSchema = z.strictObject({
  movie: movieSummarySchema,
  recommendations: z.array(recommendationSchema),
  /** The catalogue could not be read, or the film is known from a list only. */
  degraded: z.boolean(),
});
