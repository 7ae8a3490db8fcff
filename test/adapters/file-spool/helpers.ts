import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { onTestFinished, vi } from 'vitest';
import { FileSpool, type FileSpoolOptions } from '../../../src/adapters/file-spool/index.js';
import type { Spool, SpooledEntry } from '../../../src/index.js';
import { sampleReview } from '../../../src/testing/repository/sample-records.js';
import { numbered } from './programs/numbered.js';

/** A path in a directory that goes with the test; nothing is there. */
export async function freshDirectory(): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'reelflow-spool-'));
  onTestFinished(() => rm(parent, { recursive: true, force: true }));
  return join(parent, 'spool');
}

/** A spool that is closed with the test. */
export function openSpool(directory: string, options: Omit<FileSpoolOptions, 'directory'> = {}): FileSpool {
  const spool = new FileSpool({ directory, ...options });
  onTestFinished(() => spool.close());
  return spool;
}

export const idOf = (number: number): string => sampleReview(number).tweetId;

export const numberOf = ({ batch }: SpooledEntry): number =>
  Number(batch.reviews?.reviews[0]?.tweetId.slice(2) ?? Number.NaN);

export async function append(spool: Spool, ...numbers: readonly number[]): Promise<void> {
  for (const number of numbers) await spool.append({ batch: numbered(number) });
}

export async function contentOf(spool: Spool): Promise<SpooledEntry[]> {
  const entries: SpooledEntry[] = [];
  for await (const entry of spool.read()) entries.push(entry);
  return entries;
}

export const numbersOf = async (spool: Spool): Promise<number[]> => (await contentOf(spool)).map(numberOf);

/** Leaves entries in a directory, as a process that ended in order. */
export async function leaveBehind(directory: string, ...numbers: readonly number[]): Promise<void> {
  const spool = new FileSpool({ directory });
  await append(spool, ...numbers);
  await spool.close();
}

/** The files of a directory by their endings, with the paths. */
async function filesOf(directory: string): Promise<Array<{ readonly ending: string; readonly path: string }>> {
  const names = await readdir(directory).catch(() => []);
  return names
    .map((name) => ({ ending: name.slice(name.indexOf('.') + 1), path: join(directory, name) }))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

export const endingsOf = async (directory: string): Promise<string[]> =>
  (await filesOf(directory)).map(({ ending }) => ending);

export async function pathOf(directory: string, wanted: string): Promise<string> {
  const found = (await filesOf(directory)).find(({ ending }) => ending === wanted);
  if (found === undefined) throw new Error(`there is no .${wanted}`);
  return found.path;
}

export const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);

export const textOf = (path: string): Promise<string> => readFile(path, 'utf8');

/** From now on, what it returns ends every spool as SIGKILL would: the locks are free, and nothing is tidied up. */
export function watchLocks(): () => void {
  const exec = vi.spyOn(DatabaseSync.prototype, 'exec');
  onTestFinished(() => exec.mockRestore());
  return () => {
    for (const database of exec.mock.contexts) {
      if (database instanceof DatabaseSync && database.isOpen) database.close();
    }
    exec.mockClear();
  };
}
