import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeLine, type StoredEntry } from './line.js';
import { allLines } from './read-lines.js';
import { isBlank } from './side-file.js';
import { isMissing } from './spool-error.js';

export interface SpoolSurvey {
  readonly directory: string;
  /** Entries in its files: those that wait, and those that a process that lives has replayed and not yet removed. */
  readonly entries: number;
  /** When the oldest entry was put aside, ISO 8601; null: there is none. */
  readonly oldest: string | null;
  /** Of all files, in bytes. */
  readonly bytes: number;
  /** Lines that cannot be read. */
  readonly damaged: number;
  /** Files with what was set aside for a person, by path. */
  readonly setAside: readonly string[];
}

/** Looks at a spool's directory and changes nothing, so that it may be done beside the processes that use it. */
export async function surveySpool(directory: string): Promise<SpoolSurvey> {
  const names = await namesIn(directory);
  let entries = 0;
  let damaged = 0;
  let oldest: string | null = null;
  for await (const entry of surveyEntries(directory)) {
    if (entry === null) damaged += 1;
    else {
      entries += 1;
      if (oldest === null || entry.at < oldest) oldest = entry.at;
    }
  }
  let bytes = 0;
  for (const name of names.filter((file) => /^spool-.*\.(jsonl|damaged|rejected)$/.test(file)))
    bytes += (await stat(join(directory, name)).catch(() => ({ size: 0 }))).size;
  const setAside = names.filter((name) => /^spool-.*\.(damaged|rejected)$/.test(name));
  return { directory, entries, oldest, bytes, damaged, setAside: setAside.map((name) => join(directory, name)) };
}

/** The entries of all files, oldest file first; null for a line that cannot be read. */
export async function* surveyEntries(directory: string): AsyncGenerator<StoredEntry | null> {
  const files = (await namesIn(directory)).filter((name) => /^spool-[\w-]+\.jsonl$/.test(name)).sort();
  for (const name of files) {
    try {
      for await (const line of allLines(join(directory, name))) {
        if (!isBlank(line)) yield decodeLine(line.bytes) ?? null;
      }
    } catch (error) {
      if (!isMissing(error)) throw error; // its process has finished with it meanwhile
    }
  }
}

async function namesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
