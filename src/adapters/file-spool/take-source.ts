import { open } from 'node:fs/promises';
import { ReelflowError } from '../../errors/reelflow-error.js';
import { makeDirectory, privateFile, remove, syncDirectory } from './durable-files.js';
import { exists, newSource, type SourceFiles, sourceFiles } from './source-files.js';
import { SourceLock } from './source-lock.js';

export interface TakenSource {
  readonly files: SourceFiles;
  readonly lock: SourceLock;
}

const mostAttempts = 10;

/** Makes a source of our own, empty and locked. */
export async function makeSource(directory: string): Promise<TakenSource> {
  await makeDirectory(directory);
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const files = sourceFiles(directory, newSource());
    try {
      await (await open(files.entries, 'wx', privateFile)).close();
      const taken = await takeSource(files);
      if (taken === undefined) continue; // another process saw the file before it was locked, and tidied it away
      await syncDirectory(directory);
      return taken;
    } catch (error) {
      await remove(files.entries);
      await remove(files.lock);
      throw error;
    }
  }
  throw new ReelflowError('DB_CONFLICT', `other processes removed each new file in ${directory}`);
}

/** Locks a source that is there; undefined when somebody holds it, or held it and removed it. */
export async function takeSource(files: SourceFiles): Promise<TakenSource | undefined> {
  const lock = await SourceLock.take(files.lock);
  if (lock === undefined) return undefined;
  try {
    if (await exists(files.entries)) {
      await remove(files.draft); // of a process that ended while it wrote it
      return { files, lock };
    }
  } catch (error) {
    lock.release();
    throw error;
  }
  lock.release();
  await remove(files.lock); // ours to tidy: the one that removed the source may have done so before we made it anew
  return undefined;
}

/** Removes a source that is ours, with its lock. What was set aside for people stays. */
export async function removeSource({ files, lock }: TakenSource): Promise<void> {
  await remove(files.draft);
  await remove(files.entries);
  lock.release();
  await remove(files.lock);
}
