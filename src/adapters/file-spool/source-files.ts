import { randomBytes } from 'node:crypto';
import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { remove } from './durable-files.js';
import { isMissing } from './spool-error.js';

/**
 * The files of a source. Its entries are made first and its lock after them, and the entries never come back once they
 * are removed: whoever takes the lock and finds no entries knows that the source is gone for ever.
 */
export interface SourceFiles {
  readonly source: string;
  readonly directory: string;
  readonly entries: string;
  /** The entries while they are rewritten. */
  readonly draft: string;
  readonly lock: string;
  readonly damaged: string;
  readonly rejected: string;
}

export const sourceFiles = (directory: string, source: string): SourceFiles => ({
  source,
  directory,
  entries: join(directory, `${source}.jsonl`),
  draft: join(directory, `${source}.jsonl.tmp`),
  lock: join(directory, `${source}.lock`),
  damaged: join(directory, `${source}.damaged`),
  rejected: join(directory, `${source}.rejected`),
});

/** A name that sorts by the time it was made. */
export const newSource = (): string =>
  `spool-${new Date().toISOString().replace(/[-:.]/g, '')}-${randomBytes(6).toString('hex')}`;

/** The sources of a directory, oldest first. Locks that a process left behind while it removed a source are removed. */
export async function listSources(directory: string): Promise<string[]> {
  const names = await namesIn(directory, /^(spool-[\w-]+)\.(?:jsonl|lock)$/);
  const sources: string[] = [];
  for (const source of [...new Set(names)].sort()) {
    const { entries, lock } = sourceFiles(directory, source);
    if (await exists(entries)) sources.push(source);
    else await remove(lock);
  }
  return sources;
}

/** Files that hold entries for a person to look at, of all sources. */
export const listSideFiles = async (directory: string): Promise<string[]> =>
  (await namesIn(directory, /^(spool-[\w-]+\.(?:damaged|rejected))$/)).map((name) => join(directory, name));

export const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    (error: unknown) => {
      if (isMissing(error)) return false;
      throw error;
    },
  );

/** What the pattern's group finds in the names; nothing when there is no such directory. */
async function namesIn(directory: string, pattern: RegExp): Promise<string[]> {
  try {
    const names = await readdir(directory);
    return names.map((name) => pattern.exec(name)?.[1]).filter((name) => name !== undefined);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
