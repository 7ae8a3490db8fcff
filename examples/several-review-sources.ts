// Posts from several sources at once: X, a source of your own, and one that is down. They share `maxReviews` evenly.
import { createHash } from 'node:crypto';
import {
  AutomatedWorkflowManager,
  type CallContext,
  MemoryRepository,
  ReelflowError,
  type ReviewApiClient,
  type ReviewPage,
  type ReviewQuery,
} from 'reelflow';
import { startSandbox } from 'reelflow/sandbox';
import { FakeReviewClient, reviewApiClientContract, sampleMovie } from 'reelflow/testing';
import { TmdbClient } from 'reelflow/tmdb';
import { TwitterClient } from 'reelflow/twitter';

interface Critique {
  readonly paper: string;
  readonly film: string;
  readonly day: string;
  readonly verdict: string;
}

const critiques: Critique[] = Array.from({ length: 40 }, (_, index) => ({
  paper: `The ${['Harbour', 'Valley', 'Evening', 'Sunday'][index % 4]} Post`,
  film: index % 4 === 3 ? 'Pushpa' : 'RRR',
  day: new Date(Date.UTC(2026, 0, 1) - index * 86_400_000).toISOString(), // newest first
  verdict:
    ['A brilliant, thrilling film.', 'Long, but I loved every minute.', 'Too loud and rather boring.'][index % 3] ?? '',
}));

/** Critics' verdicts from an archive. It is asked by title, and pages by number. */
class CriticsClient implements ReviewApiClient {
  readonly name = 'critics';
  readonly defaultPolicy = { limits: [{ calls: 60, windowMs: 60_000 }] };

  async searchReviews(
    { movie, maxResults, cursor, sinceId }: ReviewQuery,
    { signal }: CallContext,
  ): Promise<ReviewPage> {
    signal.throwIfAborted();
    const all = critiques
      .filter(({ film }) => film === movie.title)
      .map(({ paper, day, verdict }) => ({
        // Unique in the whole store, and growing with time; text, never a number.
        tweetId: `critics-${day.slice(0, 10)}-${createHash('sha1').update(`${paper} ${verdict}`).digest('hex').slice(0, 8)}`,
        tmdbId: movie.tmdbId,
        text: verdict,
        authorId: paper,
        createdAt: day,
        language: 'en',
        likeCount: 0,
        repostCount: 0,
        replyCount: 0,
        source: this.name,
      }));
    const known = all.findIndex(({ tweetId }) => tweetId === sinceId);
    const found = known === -1 ? all : all.slice(0, known);
    const from = Number(cursor ?? 0);
    const to = from + Math.min(maxResults, 10);
    const nextCursor = to < found.length ? String(to) : null;
    return { reviews: found.slice(from, to), rejected: [], nextCursor, costUsd: 0 };
  }

  estimateSpend() {
    return { usd: 0, posts: 0 }; // free: it takes nothing of the budget
  }
}

const results: Array<Promise<void>> = [];
reviewApiClientContract(
  (_name, run) => results.push(run()),
  async () => ({
    client: new CriticsClient(),
    movie: sampleMovie(),
  }),
);
await Promise.all(results);
console.log(`critics: ${results.length} tests of the contract hold`);

const sandbox = await startSandbox();
const repository = new MemoryRepository();
const manager = new AutomatedWorkflowManager({
  movies: new TmdbClient({ accessToken: 'sandbox', baseUrl: sandbox.tmdbUrl }),
  reviews: [
    new TwitterClient({ bearerToken: 'sandbox', baseUrl: sandbox.xUrl }),
    new CriticsClient(),
    new FakeReviewClient({ name: 'forum' }).onSearch({
      error: new ReelflowError('API_FORBIDDEN', 'forum: members only'),
    }),
  ],
  repository,
});

const result = await manager.handleUserSearch('RRR', { maxReviews: 30 });
const stored = await repository.findReviews(result.movie?.tmdbId ?? 0, { limit: 100 });
for (const name of ['twitter', 'critics', 'forum']) {
  const posts = stored.filter(({ source }) => source === name);
  console.log(`${name}: ${posts.length} posts`, posts[0] === undefined ? '' : `such as "${posts[0].text}"`);
}
console.log(`degraded: ${result.degraded};`, result.errors.map(({ api, code }) => `${api}: ${code}`).join(', '));
console.log(`together ${result.analysis?.averageSentiment.toFixed(2)} from ${result.analysis?.reviewsAnalyzed} posts`);

await manager.close();
await sandbox.close();
