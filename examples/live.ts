// One search with keys of your own, against TMDB and X. X charges for every post it returns, so this asks first:
//   node examples/live.ts                                 says what it would do and what that can cost; calls nobody
//   node examples/live.ts --live "RRR" --posts 20         asks on the terminal before any money is spent
//   node examples/live.ts --live "RRR" --posts 20 --yes   does not ask
// The keys come from the environment: TMDB_ACCESS_TOKEN and X_BEARER_TOKEN. They are printed nowhere.
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { AutomatedWorkflowManager, MemoryRepository } from 'reelflow';
import { sampleMovie } from 'reelflow/testing';
import { TmdbClient } from 'reelflow/tmdb';
import { TwitterClient } from 'reelflow/twitter';

const largestPage = 100; // posts X returns for one request
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    live: { type: 'boolean', default: false },
    yes: { type: 'boolean', default: false },
    posts: { type: 'string', default: '10' },
  },
});
const film = positionals.join(' ') || 'RRR';
const posts = Number(values.posts);
if (!Number.isInteger(posts) || posts < 1 || posts > 1000) {
  console.error('--posts must be a whole number from 1 to 1000');
  process.exit(2);
}

/** The most this search can cost: what the client would reserve for each of its pages. No call is made. */
function mostUsd(client: TwitterClient): number {
  let usd = 0;
  for (let left = posts; left > 0; left -= largestPage) {
    usd += client.estimateSpend({ movie: sampleMovie({ title: film }), maxResults: Math.min(left, largestPage) }).usd;
  }
  return Math.round(usd * 1e6) / 1e6;
}

const { TMDB_ACCESS_TOKEN: accessToken, X_BEARER_TOKEN: bearerToken } = process.env;
const reviews = new TwitterClient({ bearerToken: bearerToken ?? 'none' });
const limitUsd = mostUsd(reviews);
console.log(`"${film}", ${posts} posts: 2 requests to TMDB (free), ${Math.ceil(posts / largestPage)} or more to X.`);
console.log(`At most ${limitUsd.toFixed(3)} USD, at X's price for each post; the budget of the run is set to that.`);

async function agreed(): Promise<boolean> {
  if (values.yes) return true;
  if (!process.stdin.isTTY) {
    console.error('There is no terminal to ask on: nothing is spent. Give --yes to agree beforehand.');
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question('Spend it? Type yes: ');
  terminal.close();
  return answer.trim().toLowerCase() === 'yes';
}

async function searchLive(keys: { readonly accessToken: string }): Promise<number> {
  const manager = new AutomatedWorkflowManager({
    movies: new TmdbClient(keys),
    reviews,
    repository: new MemoryRepository(),
    budget: { usdPerDay: limitUsd }, // refused before it is sent, should it want more
  });
  const result = await manager.handleUserSearch(film, { collectNewData: true, maxReviews: posts });
  await manager.close();
  const { movie, analysis, errors, cost, recommendations } = result;
  if (movie !== null) console.log(`${movie.name} (${movie.releaseDate?.slice(0, 4)}), TMDB ${movie.tmdbId}`);
  if (analysis !== null) console.log(`${analysis.averageSentiment.toFixed(2)} from ${analysis.reviewsAnalyzed} posts`);
  console.log(`spent ${cost.estimatedUsd} USD`);
  for (const { title, explanation } of recommendations.slice(0, 3)) console.log(`- ${title}: ${explanation}`);
  for (const { code, message } of errors) console.log(`! ${code}: ${message}`);
  return result.success ? 0 : 1;
}

if (!values.live) {
  console.log('Nothing was called. Add --live to do it; TMDB_ACCESS_TOKEN and X_BEARER_TOKEN must be set.');
} else if (accessToken === undefined || bearerToken === undefined) {
  console.error('--live needs TMDB_ACCESS_TOKEN and X_BEARER_TOKEN in the environment.');
  process.exitCode = 2;
} else if (await agreed()) {
  process.exitCode = await searchLive({ accessToken });
} else {
  console.log('Nothing was spent.');
  process.exitCode = 2;
}
