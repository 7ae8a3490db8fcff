import { matchMovie } from '../domain/match-movie.js';
import type { MovieCandidate } from '../domain/movie.js';
import type { Review } from '../domain/review.js';
import { parseCandidate, parseReview } from '../domain/schemas.js';
import { toReelflowError } from '../errors/classify-error.js';
import { ReelflowError } from '../errors/reelflow-error.js';
import { type SerializedError, serializeError } from '../errors/serialized-error.js';
import { collectPosts, type PostsProgress } from './collect-posts.js';
import type { ResolvedManagerOptions } from './manager-options.js';
import { RunCalls } from './run-calls.js';
import type { SearchRequest } from './search-request.js';

export interface DataCollection {
  /** The film was found, and every source answered. */
  readonly success: boolean;
  readonly movieName: string;
  /** Candidates as the provider ranks them; null when it could not be asked. */
  readonly tmdbData: MovieCandidate[] | null;
  /** Posts about the best match; null when no source answered or no film was found. */
  readonly twitterData: Review[] | null;
  readonly errors: readonly SerializedError[];
}

/** Asks for candidates and posts, and stores nothing. */
export async function collectData(
  options: ResolvedManagerOptions,
  request: SearchRequest,
  signal: AbortSignal,
): Promise<DataCollection> {
  const { coordinator, movies } = options;
  const { movieName, name, priority, deadlineMs } = request;
  const calls = new RunCalls({ coordinator, signal, priority, deadlineMs });
  const errors: SerializedError[] = [];
  const note = (thrown: unknown, api: string) => {
    const error = toReelflowError(thrown, 'api');
    if (error.code === 'CANCELLED' || error.code === 'CLOSED') throw error;
    errors.push(serializeError(error, { step: 'collect', api }));
  };
  const query = { text: name.text, ...(name.year === undefined ? {} : { year: name.year }) };
  let tmdbData: MovieCandidate[];
  try {
    const found: readonly unknown[] = await calls.api(movies.name, (context) => movies.searchMovies(query, context));
    tmdbData = found.flatMap((raw) => {
      const parsed = parseCandidate(raw);
      return parsed.ok ? [parsed.value] : [];
    });
  } catch (thrown) {
    note(thrown, movies.name);
    return { success: false, movieName, tmdbData: null, twitterData: null, errors };
  }
  const match = matchMovie(query, tmdbData);
  if (match === null) {
    note(new ReelflowError('MOVIE_NOT_FOUND', `the film '${movieName}' was not found`), movies.name);
    return { success: false, movieName, tmdbData, twitterData: null, errors };
  }
  const twitterData = await collectReviews(options, request, calls, match.candidate, signal, note);
  return { success: errors.length === 0, movieName, tmdbData, twitterData, errors };
}

/** Nothing is kept: what this collects belongs to the caller. */
const fromTheStart: PostsProgress = { before: [], onPage: async () => undefined };

async function collectReviews(
  { reviews: clients }: ResolvedManagerOptions,
  { maxReviews }: SearchRequest,
  calls: RunCalls,
  movie: MovieCandidate,
  signal: AbortSignal,
  note: (thrown: unknown, api: string) => void,
): Promise<Review[] | null> {
  if (maxReviews === 0) return [];
  const shares = clients.map((client, index) => ({
    client,
    count: Math.floor(maxReviews / clients.length) + (index < maxReviews % clients.length ? 1 : 0),
  }));
  const pages = await Promise.all(
    shares
      .filter(({ count }) => count > 0)
      .map((share) => collectPosts({ ...share, movie, sinceId: undefined }, fromTheStart, calls, signal)),
  );
  for (const [index, { error }] of pages.entries()) if (error !== null) note(error, shares[index]?.client.name ?? '');
  if (pages.every(({ pages: answered }) => answered === 0)) return null;
  const posts = new Map<string, Review>();
  for (const { reviews } of pages) {
    for (const raw of reviews) {
      const parsed = parseReview(raw);
      if (parsed.ok) posts.set(parsed.value.tweetId, parsed.value);
    }
  }
  return [...posts.values()];
}
