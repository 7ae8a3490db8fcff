import { certainConfidence, matchMovie } from '../../domain/match-movie.js';
import type { MovieCandidate } from '../../domain/movie.js';
import type { DataOrigin } from '../../domain/workflow-run.js';
import { toReelflowError } from '../../errors/classify-error.js';
import { ReelflowError } from '../../errors/reelflow-error.js';
import { serializeError } from '../../errors/serialized-error.js';
import type { StoredMovie } from '../../ports/repository.js';
import { degraded, ok, type RunContext, type StepOutcome } from '../run-context.js';
import { type OnCandidates, searchLive } from './search-live.js';

/** A film found by a key of the past whose title is not like the search any more. */
const confidenceByMemory = 0.5;

export interface Identified {
  readonly film: MovieCandidate | StoredMovie;
  readonly stored: StoredMovie | null;
  readonly origin: DataOrigin;
  readonly confidence: number;
}

/** What is kept of it for a crash: a film that was found is not searched again. */
async function recall(context: RunContext): Promise<Identified | null> {
  const kept = context.checkpoints.film();
  return kept === null ? null : { ...kept, stored: await findById(context, kept.film.tmdbId) };
}

/**
 * Which film is meant: the stored one where that may be used, else the best candidate of the provider. Where that is not
 * certain, `onCandidates` hears which films may be meant, also when the step fails with MOVIE_NOT_FOUND.
 */
export async function identify(context: RunContext, onCandidates: OnCandidates): Promise<StepOutcome<Identified>> {
  const { request, options, checkpoints } = context;
  const { collectNewData } = request;
  const recalled = await recall(context);
  if (recalled !== null) return ok(recalled);
  const lookUp = await findStored(context, collectNewData !== false);
  const { stored } = lookUp;
  // A film that a search of this name led to is the one: even a stale one needs no second search, only new details.
  if (stored !== null && collectNewData !== true) return ok(asStored(context, stored));
  const spelledAlike = async () => (lookUp.error === null ? await findSpelledAlike(context) : []);
  if (collectNewData === false) {
    const alike = await certainlyMeant(context, await spelledAlike());
    if (alike !== null) return ok(asStored(context, alike));
    throw lookUp.error ?? notFound(request.movieName, 'is not stored, and collectNewData is false');
  }
  try {
    await context.journal.begin();
    const found = await searchLive(context, spelledAlike, onCandidates);
    if (found === null) throw notFound(request.movieName, 'was not found');
    const { error, ...live } = found;
    // The provider cannot answer: what is stored says more than an old answer of the cache.
    if (error !== null && stored !== null) throw error;
    await checkpoints.keepFilm(live);
    const withStored = stored?.tmdbId === live.film.tmdbId ? stored : await findById(context, live.film.tmdbId);
    const identified = { ...live, stored: withStored };
    const errors = [
      ...(error === null ? [] : [serializeError(error, { step: 'identify', api: options.movies.name })]),
      ...(lookUp.error === null ? [] : [serializeError(lookUp.error, { step: 'identify' })]),
    ];
    return errors.length === 0 ? ok(identified) : degraded(identified, errors);
  } catch (thrown) {
    const error = toReelflowError(thrown, 'api');
    if (error.code === 'CANCELLED' || error.code === 'MOVIE_NOT_FOUND') throw error;
    const fallback =
      stored ?? (await findStored(context, false)).stored ?? (await certainlyMeant(context, await spelledAlike()));
    if (fallback === null) throw new ProviderFailed(error);
    return degraded(asStored(context, fallback), [
      serializeError(error, { step: 'identify', api: options.movies.name }),
    ]);
  }
}

/** What the provider of films failed with, for whoever tells of it. */
export class ProviderFailed extends Error {
  readonly error: ReelflowError;

  constructor(error: ReelflowError) {
    super(error.message);
    this.error = error;
  }
}

const asStored = (context: RunContext, stored: StoredMovie): Identified => ({
  film: stored,
  stored,
  origin: 'stored',
  confidence: matchMovie(context.request.name, [stored])?.confidence ?? confidenceByMemory,
});

async function findStored(
  { request, options, calls }: RunContext,
  searchedOnly: boolean,
): Promise<{ stored: StoredMovie | null; error: ReelflowError | null }> {
  const { text, year } = request.name;
  try {
    const by = { title: text, searchedOnly, ...(year === undefined ? {} : { year }) };
    return {
      stored: await calls.database('find_movie', async () => (await options.repository.findMovie(by)) ?? null),
      error: null,
    };
  } catch (thrown) {
    const error = toReelflowError(thrown, 'database');
    if (error.code === 'CANCELLED') throw error;
    return { stored: null, error };
  }
}

/** Stored films whose titles are like the name: no call of an API. */
async function findSpelledAlike({ catalogue, calls, request }: RunContext): Promise<readonly MovieCandidate[]> {
  try {
    await catalogue.refresh(calls);
  } catch (thrown) {
    if (toReelflowError(thrown, 'database').code === 'CANCELLED') throw thrown;
    return [];
  }
  return await catalogue.filmsLike(request.name);
}

async function certainlyMeant(context: RunContext, films: readonly MovieCandidate[]): Promise<StoredMovie | null> {
  const match = matchMovie(context.request.name, films);
  if (match === null || match.confidence < certainConfidence) return null;
  return await findById(context, match.candidate.tmdbId);
}

/** The film may be stored under another name. Without a database it counts as new. */
async function findById({ options, calls }: RunContext, tmdbId: number): Promise<StoredMovie | null> {
  try {
    return await calls.database('find_movie', async () => (await options.repository.findMovie({ tmdbId })) ?? null);
  } catch (thrown) {
    if (toReelflowError(thrown, 'database').code === 'CANCELLED') throw thrown;
    return null;
  }
}

const notFound = (name: string, why: string): ReelflowError =>
  new ReelflowError('MOVIE_NOT_FOUND', `the film '${name}' ${why}`);
