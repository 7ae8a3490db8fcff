import { matchMovie } from '../../domain/match-movie.js';
import type { MovieCandidate } from '../../domain/movie.js';
import { parseCandidate } from '../../domain/schemas.js';
import type { DataOrigin } from '../../domain/workflow-run.js';
import { toReelflowError } from '../../errors/classify-error.js';
import { ReelflowError } from '../../errors/reelflow-error.js';
import { serializeError } from '../../errors/serialized-error.js';
import type { MovieQuery } from '../../ports/movie-api-client.js';
import type { StoredMovie } from '../../ports/repository.js';
import { degraded, ok, type RunContext, type StepOutcome } from '../run-context.js';

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

/** Which film is meant: the stored one where that may be used, else the best candidate of the provider. */
export async function identify(context: RunContext): Promise<StepOutcome<Identified>> {
  const { request, options, checkpoints } = context;
  const { collectNewData } = request;
  const recalled = await recall(context);
  if (recalled !== null) return ok(recalled);
  const lookUp = await findStored(context, collectNewData !== false);
  const { stored } = lookUp;
  // A film that a search of this name led to is the one: even a stale one needs no second search, only new details.
  if (stored !== null && collectNewData !== true) return ok(asStored(context, stored));
  if (collectNewData === false)
    throw lookUp.error ?? notFound(request.movieName, 'is not stored, and collectNewData is false');
  try {
    const { error, ...live } = await searchLive(context);
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
    const fallback = stored ?? (await findStored(context, false)).stored;
    if (fallback === null) throw error;
    return degraded(asStored(context, fallback), [
      serializeError(error, { step: 'identify', api: options.movies.name }),
    ]);
  }
}

const asStored = (context: RunContext, stored: StoredMovie): Identified => ({
  film: stored,
  stored,
  origin: 'stored',
  confidence: matchMovie(context.request.name, [stored])?.confidence ?? confidenceByMemory,
});

interface Asked extends Omit<Identified, 'stored'> {
  /** Why an old answer was taken. */
  readonly error: ReelflowError | null;
}

async function searchLive(context: RunContext): Promise<Asked> {
  const { name, movieName } = context.request;
  // A year that is off by one finds nothing at a provider that filters by it: then the title alone, and the match decides.
  const asked =
    (await matchLive(context, name)) ??
    (name.year === undefined ? null : await matchLive(context, { text: name.text }));
  if (asked === null) throw notFound(movieName, 'was not found');
  return asked;
}

async function matchLive(
  { request, calls, movies, signal, options }: RunContext,
  { text, year }: MovieQuery,
): Promise<Asked | null> {
  const query = { text, ...(year === undefined ? {} : { year }) };
  const { value, origin, error } = await movies.searchMovies(query, {
    call: (fn, shared) => calls.api(options.movies.name, fn, { signal: shared }),
    signal,
    fresh: request.collectNewData === true,
  });
  const candidates = value.flatMap((raw) => {
    const parsed = parseCandidate(raw);
    return parsed.ok ? [parsed.value] : [];
  });
  const match = matchMovie(request.name, candidates);
  if (match === null) return null;
  return { film: match.candidate, origin, confidence: match.confidence, error: error ?? null };
}

async function findStored(
  { request, options, calls }: RunContext,
  searchedOnly: boolean,
): Promise<{ stored: StoredMovie | null; error: ReelflowError | null }> {
  const { text, year } = request.name;
  try {
    const by = { title: text, searchedOnly, ...(year === undefined ? {} : { year }) };
    return { stored: await calls.database('find_movie', () => options.repository.findMovie(by)), error: null };
  } catch (thrown) {
    const error = toReelflowError(thrown, 'database');
    if (error.code === 'CANCELLED') throw error;
    return { stored: null, error };
  }
}

/** The film may be stored under another name. Without a database it counts as new. */
async function findById({ options, calls }: RunContext, tmdbId: number): Promise<StoredMovie | null> {
  try {
    return await calls.database('find_movie', () => options.repository.findMovie({ tmdbId }));
  } catch (thrown) {
    if (toReelflowError(thrown, 'database').code === 'CANCELLED') throw thrown;
    return null;
  }
}

const notFound = (name: string, why: string): ReelflowError =>
  new ReelflowError('MOVIE_NOT_FOUND', `the film '${name}' ${why}`);
