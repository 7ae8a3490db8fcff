import type { Movie } from '../../domain/movie.js';
import type { Recommendation } from '../../domain/recommendation.js';
import type { StepReport } from '../../domain/workflow-run.js';
import { toReelflowError } from '../../errors/classify-error.js';
import { type SerializedError, serializeError } from '../../errors/serialized-error.js';
import { degraded, ok, type RunContext, type StepOutcome } from '../run-context.js';
import type { Identified } from './identify.js';
import type { Stored } from './store.js';

/** Films to watch next, from the provider's related ones and everything that is stored, each with its reasons. */
export async function recommend(
  context: RunContext,
  { film, stored }: Identified,
  seed: Movie,
  collected: readonly Movie[],
  { complete }: Stored,
  soFar: () => StepReport,
): Promise<StepOutcome<readonly Recommendation[]>> {
  const { options, calls, journal, catalogue, workflowId, request } = context;
  const errors: SerializedError[] = [];
  await catalogue.refresh(calls).catch((thrown: unknown) => errors.push(failure(thrown)));
  const related = collected.length > 0 ? collected : catalogue.moviesOf(stored?.relatedIds ?? []);
  const recommendations = await calls.local('recommending', async (signal) => {
    options.recommender.index([seed, ...(complete ? [] : related)]);
    const { sentimentOf } = catalogue;
    return options.recommender.recommend(film.tmdbId, {
      limit: options.recommendationLimit,
      related,
      sentimentOf,
      signal,
    });
  });
  context.publish('recommendation_generated', { workflowId, movieName: request.movieName, recommendations });
  if (complete && recommendations.length > 0) {
    const recommendedAt = new Date().toISOString();
    const write = { recommendations: { seedTmdbId: film.tmdbId, workflowId, recommendations, recommendedAt } };
    try {
      const { diverted } = await journal.apply({ operation: 'store_recommendations', batch: write, ends: soFar() });
      if (diverted !== null) errors.push({ ...diverted, step: 'recommend' });
    } catch (thrown) {
      errors.push(failure(thrown));
    }
  }
  return errors.length === 0 ? ok(recommendations) : degraded(recommendations, errors);
}

function failure(thrown: unknown): SerializedError {
  const error = toReelflowError(thrown, 'database');
  if (error.code === 'CANCELLED') throw error;
  return serializeError(error, { step: 'recommend' });
}
