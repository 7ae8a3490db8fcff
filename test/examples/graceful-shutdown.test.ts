import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { TypeOrmRepository } from '../../src/adapters/typeorm/index.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.js';
import { runProgram, startProgram } from '../support/child-process.js';
import type { ServiceInput } from './programs/service.js';

const program = new URL('programs/service.ts', import.meta.url);
const films = ['Inception', 'Interstellar']; // each has two pages of posts

interface Ended {
  readonly searched: readonly string[];
  readonly runs: ReadonlyArray<{ readonly movieName: string; readonly status: string }>;
  readonly bySignal: boolean;
}

async function setUp(): Promise<{ sandbox: Sandbox; input: ServiceInput }> {
  const sandbox = await startSandbox();
  const directory = await mkdtemp(join(tmpdir(), 'reelflow-service-'));
  onTestFinished(async () => {
    await sandbox.close();
    await rm(directory, { recursive: true });
  });
  const { tmdbUrl, xUrl } = sandbox;
  return { sandbox, input: { directory, tmdbUrl, xUrl, names: films, maxReviews: 140, graceMs: 300 } };
}

const asked = ({ requests }: Sandbox) =>
  requests.map(({ service, path, query }) => [service, path, query['query'], query['next_token']].join(' '));
const askedOfX = (sandbox: Sandbox) => asked(sandbox).filter((request) => request.startsWith('x'));

/** Sends SIGTERM once `wanted` requests came to X, and waits until the process has ended by itself. */
async function endBySignal(sandbox: Sandbox, input: ServiceInput, wanted: number): Promise<Ended> {
  const child = startProgram(program, input);
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk));
  await vi.waitFor(() => expect(askedOfX(sandbox)).toHaveLength(wanted), { timeout: 20_000 });
  child.kill('SIGTERM');
  const [code, signal] = await once(child, 'close');
  expect({ code, signal }, output).toEqual({ code: 0, signal: null });
  return JSON.parse(output);
}

describe('error handling: a service that gets SIGTERM', () => {
  test('ends by itself, and the next process finishes what was cut without buying a page again', async () => {
    const { sandbox, input } = await setUp();
    // One page of X is answered; the second one of that film, and the first of the other, never are.
    sandbox.setFaults([{ service: 'x', kind: 'timeout', after: 1 }]);
    const first = await endBySignal(sandbox, input, 3);
    expect(first).toEqual({ searched: ['CLOSED', 'CLOSED'], runs: [], bySignal: true });
    const [bought] = askedOfX(sandbox);
    const before = asked(sandbox).length;

    sandbox.setFaults([]);
    const second = await runProgram<Ended>(program, { ...input, names: [] });
    expect(second.bySignal).toBe(false);
    expect(second.runs.toSorted((one, other) => one.movieName.localeCompare(other.movieName))).toEqual(
      films.map((movieName) => ({ movieName, status: 'completed' })),
    );
    const later = asked(sandbox).slice(before);
    expect(later).not.toContain(bought);
    expect(later.filter((request) => request.includes('/3/search/movie'))).toEqual([]);
    expect(new Set(later).size).toBe(later.length);
    expect(later.filter((request) => request.startsWith('x'))).toHaveLength(3);

    const repository = await TypeOrmRepository.open({ type: 'sqlite', database: `${input.directory}/service.db` });
    for (const title of films) {
      const film = await repository.findMovie({ title });
      expect((await repository.findReviews(film?.tmdbId ?? 0, { limit: 1000 })).length, title).toBeGreaterThan(100);
    }
    expect(await repository.claimRuns('test', 1000)).toEqual([]);
    await repository.close();
    expect(await readdir(input.directory), 'no spool was needed').not.toContain('spool');
  });

  test('lets searches end that can end within the grace, and cuts nothing', async () => {
    const { sandbox, input } = await setUp();
    sandbox.setFaults([{ service: 'x', kind: 'slow', ms: 300, times: 2 }]);
    const ended = await endBySignal(sandbox, { ...input, graceMs: 60_000 }, 2);
    expect(ended).toEqual({ searched: ['success', 'success'], runs: [], bySignal: true });
    const next = await runProgram<Ended>(program, { ...input, names: [] });
    expect(next.runs).toEqual([]);
  });
});
