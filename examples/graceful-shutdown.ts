// A service that ends well: it hears SIGTERM, lets running searches end for a moment, cuts the rest and exits by itself.
// What was cut is finished by the next process, which buys nothing again. Here both live in one program, which sends
// itself SIGTERM while its first search waits for the second page of X.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AutomatedWorkflowManager, isReelflowError } from 'reelflow';
import { startSandbox } from 'reelflow/sandbox';
import { TmdbClient } from 'reelflow/tmdb';
import { TwitterClient } from 'reelflow/twitter';
import { TypeOrmRepository } from 'reelflow/typeorm';

const directory = await mkdtemp(join(tmpdir(), 'reelflow-shutdown-'));
const sandbox = await startSandbox();

const createManager = async () =>
  new AutomatedWorkflowManager({
    movies: new TmdbClient({ accessToken: 'sandbox', baseUrl: sandbox.tmdbUrl }),
    reviews: new TwitterClient({ bearerToken: 'sandbox', baseUrl: sandbox.xUrl }),
    repository: await TypeOrmRepository.open({ type: 'sqlite', database: join(directory, 'reelflow.db') }),
    spool: { directory: join(directory, 'spool') },
  });

/** Takes one film after another until it is told to stop. */
async function serve(films: readonly string[]): Promise<void> {
  const manager = await createManager();
  let closing: Promise<void> | undefined;
  const stop = (signal: NodeJS.Signals) => {
    console.log(`${signal}: no new searches, half a second for those that run`);
    closing ??= manager.close({ graceMs: 500 });
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  for (const film of films) {
    try {
      const { movie, analysis } = await manager.handleUserSearch(film, { maxReviews: 120 });
      console.log(`${movie?.name}: ${analysis?.reviewsAnalyzed} posts`);
    } catch (error) {
      if (!isReelflowError(error) || error.code !== 'CLOSED') throw error;
      console.log(`${film}: cut, or not begun any more`);
      break;
    }
  }
  process.off('SIGTERM', stop);
  process.off('SIGINT', stop);
  await (closing ?? manager.close());
}

const pagesAsked = () => sandbox.requests.filter(({ service }) => service === 'x').length;

// The first page of X comes at once, the second one only when nobody waits for it any more.
sandbox.setFaults([{ service: 'x', kind: 'timeout', after: 1 }]);
const signalled = setInterval(() => {
  if (pagesAsked() < 2) return;
  clearInterval(signalled);
  process.kill(process.pid, 'SIGTERM'); // in life it comes from outside
}, 10);
await serve(['Inception', 'Pushpa']);

// The next process: it takes over what the first one left. Nobody waits for the results, so they come by event.
sandbox.setFaults([]);
const before = sandbox.requests.length;
const manager = await createManager();
manager.trigger.registerTrigger('workflow_completed', ({ movieName, result }) =>
  console.log(`resumed: ${movieName}, ${result.analysis?.reviewsAnalyzed} posts`),
);
const runs = await manager.resumePending(); // or the option `resumeOnStart: true`, which does it in the background
const asked = sandbox.requests.slice(before).map(({ service, path }) => `${service} ${path}`);
console.log(`runs: ${runs.map(({ movieName, status }) => `${movieName} ${status}`).join(', ')}`);
console.log(`asked for that: ${asked.join(', ')}`);
await manager.close();

await sandbox.close();
await rm(directory, { recursive: true });
if (runs.length !== 1 || asked.length !== 1) process.exitCode = 1;
