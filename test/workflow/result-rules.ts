import { expect } from 'vitest';
import { z } from 'zod';
import { stepNames } from '../../src/domain/workflow-run.js';
import { errorCodes, type WorkflowResult } from '../../src/index.js';

const count = z.int().min(0);
const duration = z.number().min(0);
const time = z.iso.datetime();
const share = z.number().min(0).max(1);
const percentage = z.number().min(0).max(100);
const feeling = z.number().min(-1).max(1);
const origin = z.enum(['live', 'cache', 'stored', 'none']);
const text = z.string().min(1);

const error = z.strictObject({
  code: z.enum(errorCodes),
  message: text,
  step: z.enum(stepNames).optional(),
  api: text.optional(),
  retryAtMs: z.number().positive().optional(),
});

const step = z.strictObject({
  name: z.enum(stepNames),
  status: z.enum(['ok', 'degraded', 'skipped', 'failed']),
  attempts: count,
  durationMs: duration,
  error: error.optional(),
});

const analysis = z.strictObject({
  reviewsAnalyzed: count,
  unscored: count,
  averageSentiment: feeling,
  confidenceInterval: z.tuple([feeling, feeling]).nullable(),
  distribution: z.strictObject({
    positive: count,
    neutral: count,
    negative: count,
    positivePercentage: percentage,
    neutralPercentage: percentage,
    negativePercentage: percentage,
  }),
});

const recommendation = z.strictObject({
  tmdbId: count,
  title: text,
  releaseDate: z.iso.date().nullable(),
  rating: z.number().min(0).max(10),
  posterUrl: z.url().nullable(),
  score: share,
  sentiment: feeling.nullable(),
  reasons: z.array(z.strictObject({ kind: text, share, values: z.array(z.string()) })),
  explanation: text,
});

const candidate = z.strictObject({
  tmdbId: count,
  title: text,
  originalTitle: z.string(),
  originalLanguage: text.nullable(),
  releaseDate: z.iso.date().nullable(),
  overview: z.string(),
  rating: z.number().min(0).max(10),
  voteCount: count,
  popularity: z.number().min(0),
  posterPath: text.nullable(),
});

const result = z.strictObject({
  success: z.boolean(),
  workflowId: z.string().startsWith('workflow_'),
  movie: z
    .strictObject({
      id: z.string(),
      tmdbId: count,
      name: text,
      releaseDate: z.iso.date().nullable(),
      genres: z.array(text),
      rating: z.number().min(0).max(10),
      posterUrl: z.url().nullable(),
      reviewsAnalyzed: count,
      matchConfidence: share,
    })
    .nullable(),
  candidates: z.array(candidate).min(1).max(5).optional(),
  analysis: analysis.nullable(),
  recommendations: z.array(recommendation),
  degraded: z.boolean(),
  sources: z.strictObject({ movie: origin, reviews: origin }),
  dataAge: z.strictObject({ movieMs: duration.nullable(), reviewsMs: duration.nullable() }),
  steps: z.array(step),
  errors: z.array(error),
  cost: z.strictObject({ apiCalls: z.record(z.string(), count), estimatedUsd: z.number().min(0) }),
  coalesced: z.boolean(),
  startedAt: time,
  finishedAt: time,
  durationMs: duration,
});

/** What holds of every result, whatever went wrong: its shape, and that its parts agree with each other. */
export function expectSoundResult(given: WorkflowResult): void {
  result.parse(given);
  const { success, degraded, errors, movie, sources, dataAge, recommendations } = given;
  expect(
    given.steps.map(({ name }) => name),
    'the steps',
  ).toEqual(stepNames);
  const status = Object.fromEntries(given.steps.map((one) => [one.name, one.status]));
  const isWhole = given.steps.every((one) => one.status === 'ok' || one.status === 'skipped');
  for (const one of given.steps) {
    const isFlawed = one.status === 'degraded' || one.status === 'failed';
    expect(one.error !== undefined, `step ${one.name} is ${one.status}: its error`).toBe(isFlawed);
    if (one.error !== undefined) expect(errors, `the error of step ${one.name}`).toContainEqual(one.error);
    if (one.error !== undefined) expect(one.error.step, `the step of the error of ${one.name}`).toBe(one.name);
  }
  expect(degraded, 'degraded, by errors').toBe(errors.length > 0);
  if (!isWhole) expect(degraded, 'degraded, by steps').toBe(true);
  const isFound = [status['identify'], status['collect'], status['validate']].every((one) => one !== 'failed');
  expect(success, 'success').toBe(isFound && (status['recommend'] === 'ok' || status['recommend'] === 'degraded'));
  expect(movie !== null, 'the film').toBe(isFound);
  if (movie === null) expect(sources, 'the sources').toEqual({ movie: 'none', reviews: 'none' });
  else expect(sources.movie, 'the source of the film').not.toBe('none');
  expect(dataAge.movieMs === null, 'no age of the film').toBe(sources.movie === 'none');
  expect(dataAge.reviewsMs === null, 'no age of the posts').toBe(sources.reviews === 'none');
  expectSoundAnalysis(given);
  expect(new Set(recommendations.map(({ tmdbId }) => tmdbId)).size, 'recommended twice').toBe(recommendations.length);
  expect(
    recommendations.map(({ tmdbId }) => tmdbId),
    'the film itself',
  ).not.toContain(movie?.tmdbId);
  expect(Date.parse(given.finishedAt), 'the end').toBeGreaterThanOrEqual(Date.parse(given.startedAt));
}

function expectSoundAnalysis({ analysis, movie }: WorkflowResult): void {
  expect(movie?.reviewsAnalyzed ?? 0, 'posts analysed').toBe(analysis?.reviewsAnalyzed ?? 0);
  if (analysis === null) return;
  const { positive, neutral, negative } = analysis.distribution;
  expect(positive + neutral + negative, 'the distribution').toBe(analysis.reviewsAnalyzed);
}
