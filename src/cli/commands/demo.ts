import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { type Act, withExamples } from '../define.js';
import { openManager } from '../parts/open-manager.js';
import { runSearch } from './run-search.js';

const directory = '.demo';
const database = `${directory}/reelflow.db`;
const spool = `${directory}/spool`;

/** One small fault of each kind, so that the recovery can be seen: a server error, then "too many requests, wait 2 s". */
const sandbox = {
  latencyMs: 120,
  faults: [
    { service: 'tmdb', kind: 'status', status: 503, times: 1 },
    { service: 'x', kind: 'status', status: 429, retryAfterSec: 2, times: 1 },
  ],
} as const;

export function addDemo(program: Command, act: Act): void {
  const command = program
    .command('demo')
    .summary('see everything at work, without keys')
    .description(
      `Searches a film on the sandbox, which fails twice so that the recovery can be seen. The database is ${database}; a second run finds everything stored and asks nobody.`,
    )
    .argument('[film...]', 'name of the film (default: RRR)')
    .option('--fresh', 'forget the last demo first');
  withExamples(
    command,
    ['reelflow demo', 'the film RRR'],
    ['reelflow demo Pushpa --fresh', 'another one, from the beginning'],
  );
  act(command, async (context, [film]) => {
    const { io, output, flags } = context;
    if (flags['fresh'] === true) await forget(io.cwd);
    await mkdir(join(io.cwd, directory), { recursive: true });
    const name = Array.isArray(film) && film.length > 0 ? film.join(' ') : 'RRR';
    const settings = { sandbox: true, database, spool };
    const opened = await openManager(context, settings, { sandbox, retryDelayMs: 1000 });
    try {
      output.note(`Searching "${name}"; the database is ${database}.\n`);
      return await runSearch(context, opened, name, { maxReviews: 60 });
    } finally {
      await opened.close();
    }
  });
}

/** Only what the demo makes: the directory may hold things of others. */
async function forget(cwd: string): Promise<void> {
  for (const name of [database, `${database}-wal`, `${database}-shm`, spool])
    await rm(join(cwd, name), { recursive: true, force: true });
}
