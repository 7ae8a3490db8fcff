import * as z from 'zod';
import type { MovieSummary, WorkflowResult } from '../../domain/workflow-run.js';
import { analysisSchema, toWireAnalysis } from './analysis.js';
import { candidateSchema, toWireCandidate } from './candidate.js';
import { recommendationSchema, toWireRecommendation } from './recommendation.js';
import { serializedErrorSchema, toWireError } from './serialized-error.js';
import { stepReportSchema, toWireStepReport } from './step-report.js';

const origin = z.enum(['live', 'cache', 'stored', 'none']);

export const movieSummarySchema = z.strictObject({
  id: z.string(),
  tmdb_id: z.int(),
  name: z.string(),
  release_date: z.string().nullable(),
  genres: z.array(z.string()),
  rating: z.number(),
  poster_url: z.string().nullable(),
  reviews_analyzed: z.int().min(0),
  match_confidence: z.number().min(0).max(1),
});

export const workflowResultSchema = z.strictObject({
  success: z.boolean(),
  workflow_id: z.string(),
  movie: movieSummarySchema.nullable(),
  candidates: z.array(candidateSchema).optional(),
  analysis: analysisSchema.nullable(),
  recommendations: z.array(recommendationSchema),
  degraded: z.boolean(),
  sources: z.strictObject({ movie: origin, reviews: origin }),
  data_age: z.strictObject({ movie_ms: z.number().nullable(), reviews_ms: z.number().nullable() }),
  steps: z.array(stepReportSchema),
  errors: z.array(serializedErrorSchema),
  cost: z.strictObject({ api_calls: z.record(z.string(), z.int().min(0)), estimated_usd: z.number().min(0) }),
  coalesced: z.boolean(),
  started_at: z.iso.datetime(),
  finished_at: z.iso.datetime(),
  duration_ms: z.number(),
});

export type WireWorkflowResult = z.infer<typeof workflowResultSchema>;

export const toWireWorkflowResult = (result: WorkflowResult): WireWorkflowResult => ({
  success: result.success,
  workflow_id: result.workflowId,
  movie: result.movie === null ? null : toWireMovieSummary(result.movie),
  ...(result.candidates === undefined ? {} : { candidates: result.candidates.map(toWireCandidate) }),
  analysis: result.analysis === null ? null : toWireAnalysis(result.analysis),
  recommendations: result.recommendations.map(toWireRecommendation),
  degraded: result.degraded,
  sources: { movie: result.sources.movie, reviews: result.sources.reviews },
  data_age: { movie_ms: result.dataAge.movieMs, reviews_ms: result.dataAge.reviewsMs },
  steps: result.steps.map(toWireStepReport),
  errors: result.errors.map(toWireError),
  cost: { api_calls: { ...result.cost.apiCalls }, estimated_usd: result.cost.estimatedUsd },
  coalesced: result.coalesced,
  started_at: result.startedAt,
  finished_at: result.finishedAt,
  duration_ms: result.durationMs,
});

export const toWireMovieSummary = (movie: MovieSummary): z.infer<typeof movieSummarySchema> => ({
  id: movie.id,
  tmdb_id: movie.tmdbId,
  name: movie.name,
  release_date: movie.releaseDate,
  genres: [...movie.genres],
  rating: movie.rating,
  poster_url: movie.posterUrl,
  reviews_analyzed: movie.reviewsAnalyzed,
  match_confidence: movie.matchConfidence,
});
