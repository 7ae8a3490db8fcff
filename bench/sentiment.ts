/**
 * Texts a second on one core, beside vader-sentiment, wink-sentiment and sentiment.
 * `node bench/sentiment.ts [--quick]` after `npm run build`.
 */
import { AutomatedWorkflowManager, MemoryRepository, MovieSentimentAnalyzer } from 'reelflow';
import { startSandbox } from 'reelflow/sandbox';
import { TmdbClient } from 'reelflow/tmdb';
import { TwitterClient } from 'reelflow/twitter';
import { sentiment, vader, wink } from '../tools/sentiment/peers.ts';
import { type Contender, compare } from './harness/compare.ts';
import { isQuick } from './harness/quick.ts';
import { report, show } from './harness/report.ts';

// Posts as the sandbox makes them: several languages, emoji, hashtags, links.
const sandbox = await startSandbox();
const repository = new MemoryRepository();
const manager = new AutomatedWorkflowManager({
  movies: new TmdbClient({ accessToken: 'sandbox', baseUrl: sandbox.tmdbUrl }),
  reviews: new TwitterClient({ bearerToken: 'sandbox', baseUrl: sandbox.xUrl }),
  repository,
});
const texts: string[] = [];
for (const film of ['RRR', 'Pushpa', 'Inception', 'Interstellar']) {
  const { movie } = await manager.handleUserSearch(film, { maxReviews: 200 });
  texts.push(...(await repository.findReviews(movie?.tmdbId ?? 0, { limit: 200 })).map(({ text }) => text));
}
await manager.close();
await sandbox.close();

const analyzer = new MovieSentimentAnalyzer();

/** What it comes to differs by nature; that every text has a score does not. */
const scoring = (name: string, score: (texts: string[]) => Promise<readonly number[]>): Contender => ({
  name,
  run: async (count) => {
    const given = Array.from({ length: count }, (_, index) => texts[index % texts.length] ?? '');
    return (await score(given)).filter(Number.isFinite).length;
  },
});
const each = (score: (text: string) => number) => async (given: string[]) => given.map(score);

const measured = await compare(
  [
    scoring('vader-sentiment', each(vader())),
    scoring('reelflow', async (given) => (await analyzer.analyze(given)).map(({ score }) => score)),
    scoring('wink-sentiment', each(wink())),
    scoring('sentiment', each(sentiment())),
  ],
  { times: isQuick ? 1000 : 20_000, rounds: 7 },
);
show(measured);
const [, ours] = measured;
const faster = 1 / (ours?.ofFirst ?? Number.NaN);
report({
  work: `sentiment of posts (${texts.length} texts)`,
  beside: 'vader-sentiment',
  found: `${faster.toFixed(1)} times as fast, ${Math.round(1e6 / (ours?.us ?? Number.NaN)).toLocaleString('en')} texts a second`,
  wanted: 'at least 25 times',
  ofWanted: 25 / faster,
});
