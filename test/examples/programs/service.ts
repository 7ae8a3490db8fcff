// One life of a service: finishes what the lives before it left, searches its share, and ends by SIGTERM or by itself.
import { TmdbClient } from '../../../src/adapters/tmdb/index.js';
import { TwitterClient } from '../../../src/adapters/twitter/index.js';
import { TypeOrmRepository } from '../../../src/adapters/typeorm/index.js';
import { AutomatedWorkflowManager, isReelflowError } from '../../../src/index.js';

export interface ServiceInput {
  /** Of the database and the spool. */
  readonly directory: string;
  readonly tmdbUrl: string;
  readonly xUrl: string;
  readonly names: readonly string[];
  readonly maxReviews: number;
  readonly graceMs: number;
}

const { directory, tmdbUrl, xUrl, names, maxReviews, graceMs }: ServiceInput = JSON.parse(process.argv[2] ?? '');

const manager = new AutomatedWorkflowManager({
  movies: new TmdbClient({ accessToken: 'sandbox', baseUrl: tmdbUrl }),
  reviews: new TwitterClient({ bearerToken: 'sandbox', baseUrl: xUrl }),
  repository: await TypeOrmRepository.open({ type: 'sqlite', database: `${directory}/service.db` }),
  spool: { directory: `${directory}/spool` },
});
let closing: Promise<void> | undefined;
process.once('SIGTERM', () => {
  closing = manager.close({ graceMs });
});

const resumed = names.length > 0 ? [] : await manager.resumePending();
const searched = await Promise.all(
  names.map(async (name) => {
    try {
      return (await manager.handleUserSearch(name, { maxReviews })).success ? 'success' : 'failure';
    } catch (error) {
      return isReelflowError(error) ? error.code : 'another error';
    }
  }),
);
await (closing ?? manager.close());
const runs = resumed.map(({ movieName, status }) => ({ movieName, status }));
console.log(JSON.stringify({ searched, runs, bySignal: closing !== undefined }));
