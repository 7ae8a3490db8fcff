import type { MovieCandidate } from '../../domain/movie.js';
import type { RejectedRecord } from '../../domain/records.js';
import type { Review } from '../../domain/review.js';
import type { DataOrigin } from '../../domain/workflow-run.js';
import { toReelflowError } from '../../errors/classify-error.js';
import { type SerializedError, serializeError } from '../../errors/serialized-error.js';
import type { ReviewCollection } from '../../ports/repository.js';
import type { ReviewApiClient } from '../../ports/review-api-client.js';
import { type CheckedDetails, checkDetails } from '../check-details.js';
import { type AnsweredPage, idOfPost, type PostsWanted } from '../collect-posts.js';
import { isFilmFresh, newerId, planPosts } from '../freshness.js';
import type { KeptDetails } from '../run-checkpoints.js';
import { degraded, ok, type RunContext, type StepOutcome, skipped } from '../run-context.js';
import type { Identified } from './identify.js';

export interface Collected {
  /** What the provider gave of the film now; checked at once, since the posts take longer. null: nothing new. */
  readonly details: CheckedDetails | null;
  readonly movieOrigin: DataOrigin;
  readonly reviews: readonly Review[];
  readonly rejected: readonly RejectedRecord[];
  readonly collections: readonly ReviewCollection[];
  readonly reviewsOrigin: DataOrigin;
  /** Of the details; of now when there are none. */
  readonly detailsFetchedAt: string;
  /** Of the posts; the source that was asked first counts when a crash came between. */
  readonly postsFetchedAt: string;
}

interface Part<Value> {
  readonly value: Value;
  readonly error: SerializedError | null;
}

const nothingNew = { value: null, error: null };

interface Posts {
  readonly reviews: readonly Review[];
  readonly rejected: readonly RejectedRecord[];
  readonly collection: ReviewCollection | null;
  readonly fetchedAt: string;
}

/** The film's details and posts, side by side, and no more than is stale or missing. */
export async function collect(context: RunContext, identified: Identified): Promise<StepOutcome<Collected>> {
  const now = new Date().toISOString();
  void Promise.resolve(context.options.sentiment.prepare?.()).catch(() => undefined); // analyse hears of it again
  const [details, sources] = await Promise.all([
    collectDetails(context, identified),
    Promise.all(collectFromSources(context, identified, now)),
  ]);
  const posts = sources.flatMap(({ value }) => (value === null ? [] : [value]));
  const answered = posts.some(({ collection }) => collection !== null);
  const hasStored = (identified.stored?.collections.length ?? 0) > 0;
  const collected: Collected = {
    details: details.value?.checked ?? null,
    movieOrigin: movieOrigin(details.value, identified),
    reviews: posts.flatMap(({ reviews }) => reviews),
    rejected: posts.flatMap(({ rejected }) => rejected),
    collections: posts.flatMap(({ collection }) => collection ?? []),
    reviewsOrigin: answered ? 'live' : hasStored ? 'stored' : 'none',
    detailsFetchedAt: details.value?.fetchedAt ?? now,
    postsFetchedAt: posts.map(({ fetchedAt }) => fetchedAt).sort()[0] ?? now,
  };
  const errors = [details, ...sources].flatMap(({ error }) => error ?? []);
  if (errors.length > 0) return degraded(collected, errors);
  return details.value === null && sources.every(({ value }) => value === null) ? skipped(collected) : ok(collected);
}

/** Without usable details the film is shown as it is stored, also where the provider has just said which one is meant. */
function movieOrigin(details: Details | null, { stored, origin }: Identified): DataOrigin {
  if (details !== null && details.checked.checked !== null) return details.origin;
  return stored === null ? origin : 'stored';
}

type Details = Omit<KeptDetails, 'details'> & { readonly checked: CheckedDetails };

const checkedOf = ({ details, ...kept }: KeptDetails, { tmdbId }: MovieCandidate): Details => ({
  ...kept,
  checked: checkDetails(details, tmdbId),
});

async function collectDetails(context: RunContext, { film, stored }: Identified): Promise<Part<Details | null>> {
  const { request, options, calls, movies, checkpoints, journal } = context;
  const { name } = options.movies;
  const kept = checkpoints.details();
  if (kept !== null) return { value: checkedOf(kept, film), error: null };
  const always = request.collectNewData === true;
  const wanted = always || stored === null || !isFilmFresh(stored, options.freshness.movieMs);
  if (!wanted || request.collectNewData === false) return nothingNew;
  await journal.begin();
  try {
    const {
      value: details,
      origin,
      fetchedAtMs,
      error,
    } = await movies.getMovie(film.tmdbId, {
      call: (fn, shared) => calls.api(name, fn, { signal: shared }),
      patience: calls.patience,
      fresh: always,
    });
    if (error !== undefined && stored?.detailed === true) throw error; // an old answer says no more than what is stored
    const value = { details, origin, fetchedAt: new Date(fetchedAtMs).toISOString() };
    await checkpoints.keepDetails(value);
    return { value: checkedOf(value, film), error: error === undefined ? null : failureOf(error, name) };
  } catch (thrown) {
    return { value: null, error: failureOf(thrown, name) };
  }
}

function collectFromSources(
  context: RunContext,
  identified: Identified,
  now: string,
): Array<Promise<Part<Posts | null>>> {
  const { reviews } = context.options;
  const { maxReviews, collectNewData } = context.request;
  if (collectNewData === false) return [];
  return reviews.map((client, index) => {
    const share = Math.floor(maxReviews / reviews.length) + (index < maxReviews % reviews.length ? 1 : 0);
    return collectFromSource(context, identified, { client, share, now });
  });
}

async function collectFromSource(
  context: RunContext,
  { film, stored }: Identified,
  { client, share, now }: { readonly client: ReviewApiClient; readonly share: number; readonly now: string },
): Promise<Part<Posts | null>> {
  const { request, options, calls, posts, checkpoints, journal } = context;
  const last = stored?.collections.find(({ source }) => source === client.name);
  const kept = checkpoints.pages(client.name);
  const always = request.collectNewData === true;
  const plan = kept[0]?.plan ?? planPosts(last, share, options.freshness.reviewsMs, always);
  if (plan === null) return nothingNew;
  await journal.begin();
  const fetchedAt = kept[0]?.fetchedAt ?? now;
  const wanted: PostsWanted = { client, movie: film, count: plan.count, sinceId: plan.sinceId ?? undefined };
  const before = kept.map(({ page }) => page);
  const onPage = ({ page, number }: AnsweredPage) =>
    checkpoints.keepPage(client.name, number, { plan, fetchedAt, page });
  try {
    const { reviews, rejected, pages, costUsd, error } = await posts.collect(wanted, { before, onPage }, calls);
    calls.charge(costUsd);
    const newestId = reviews.reduce<string | null>(
      (newest, review) => newerId(newest, idOfPost(review)),
      last?.newestId ?? null,
    );
    const requested = error === null ? plan.count : new Set(reviews.map(idOfPost)).size;
    const collection =
      pages === 0 ? null : { tmdbId: film.tmdbId, source: client.name, fetchedAt, requested, newestId };
    const value = { reviews, rejected, collection, fetchedAt };
    return { value, error: error === null ? null : failureOf(error, client.name) };
  } catch (thrown) {
    return { value: null, error: failureOf(thrown, client.name) };
  }
}

/** A failure is part of the result; an abort is the end of the search. */
function failureOf(thrown: unknown, api: string): SerializedError {
  const error = toReelflowError(thrown, 'api');
  if (error.code === 'CANCELLED') throw error;
  return serializeError(error, { step: 'collect', api });
}
