import type { Movie } from '../../domain/movie.js';
import type { Recommendation } from '../../domain/recommendation.js';
import type { StepReport } from '../../domain/workflow-run.js';
import { toReelflowError } from '../../errors/classify-error.js';
import { type SerializedError, serializeError } from '../../errors/serialized-error.js';
import { degraded, ok, type RunContext, type StepOutcome } from '../run-context.js';
import type { Identified } from './identify.js';
import type { Stored } from './store.js';

interface Seed {
  readonly identified: Identified;
  readonly movie: Movie;
  /** What the provider said now is like the film. */
  readonly related: readonly Movie[];
  readonly stored: Stored;
}

/** Films to watch next, from the provider's related ones and everything that is stored, each with its reasons. */
export async function recommend(
  context: RunContext,
  seed: Seed,
  soFar: () => StepReport,
): Promise<StepOutcome<readonly Recommendation[]>> {
  const { calls, catalogue, journal, recommended, workflowId, request } = context;
  const { tmdbId } = seed.identified.film;
  const errors: SerializedError[] = [];
  await catalogue.refresh(calls).catch((thrown: unknown) => errors.push(failure(thrown)));
  const from = errors.length === 0 ? originOf(context, seed) : undefined;
  const remembered = recommended.find(tmdbId, from);
  const recommendations = remembered ?? (await ask(context, seed, from !== undefined));
  context.publish('recommendation_generated', {
    workflowId,
    movieName: request.movieName,
    recommendations: [...recommendations],
  });
  if (remembered === undefined) recommended.remember(tmdbId, from, recommendations);
  // A film that was dropped took its list along: one that was collected now gets it anew.
  const isStored = seed.identified.stored !== null && seed.related.length === 0 && recommended.isStored(tmdbId);
  if (seed.stored.complete && recommendations.length > 0 && !isStored) {
    const recommendedAt = new Date().toISOString();
    const write = { recommendations: { seedTmdbId: tmdbId, workflowId, recommendations, recommendedAt } };
    try {
      const { diverted } = await journal.apply({
        operation: 'store_recommendations',
        batch: write,
        ends: soFar(),
        relaxed: true,
      });
      if (diverted === null) recommended.stored(tmdbId);
      else errors.push({ ...diverted, step: 'recommend' });
    } catch (thrown) {
      errors.push(failure(thrown));
    }
  }
  return errors.length === 0 ? ok(recommendations) : degraded(recommendations, errors);
}

/** Names everything that the list of a film follows from, where the film is stored as the recommender knows it; else undefined. */
function originOf({ options, catalogue }: RunContext, { identified, related }: Seed): string | undefined {
  const { version } = options.recommender;
  const { stored } = identified;
  if (version === undefined || stored === null || related.length > 0) return undefined;
  if (catalogue.shown(stored.tmdbId)?.changedAt !== stored.changedAt) return undefined;
  return `${version} ${catalogue.sentimentVersion} ${options.recommendationLimit}`;
}

/** @param isShown - the recommender knows the film as it is stored */
async function ask(
  { options, calls, catalogue, journal }: RunContext,
  { identified, movie, related: collected, stored: { complete } }: Seed,
  isShown: boolean,
): Promise<readonly Recommendation[]> {
  const { recommender, recommendationLimit: limit } = options;
  if (recommender.version === undefined) await journal.begin(); // it may take long
  const related = collected.length > 0 ? collected : catalogue.moviesOf(identified.stored?.relatedIds ?? []);
  const { sentimentOf } = catalogue;
  // Another search may have stored the film anew since this one read it; what cannot be stored is known here alone.
  const { stored } = identified;
  const seed = complete && stored !== null && catalogue.isOutdated(stored) ? [] : [movie];
  return await calls.local('recommending', async (signal) => {
    if (!isShown) recommender.index([...seed, ...(complete ? [] : related)]);
    return recommender.recommend(identified.film.tmdbId, { limit, related, sentimentOf, signal });
  });
}

function failure(thrown: unknown): SerializedError {
  const error = toReelflowError(thrown, 'database');
  if (error.code === 'CANCELLED') throw error;
  return serializeError(error, { step: 'recommend' });
}
