import { open, rename } from 'node:fs/promises';
import { privateFile, remove, syncDirectory } from './durable-files.js';
import { allLines, type Line } from './read-lines.js';
import type { SourceFiles } from './source-files.js';

const bufferedBytes = 256 * 1024;

/**
 * Puts a file of other lines in the place of a source's entries, all at once.
 * @param change - the new line with its newline, or undefined to leave it out
 */
export async function rewriteEntries(
  { entries, draft, directory }: SourceFiles,
  length: number,
  change: (line: Line) => Buffer | undefined,
): Promise<{ readonly lines: number; readonly length: number }> {
  const written = { lines: 0, length: 0 };
  try {
    const file = await open(draft, 'w', privateFile);
    try {
      let waiting: Buffer[] = [];
      let waitingBytes = 0;
      const flush = async () => {
        await file.appendFile(Buffer.concat(waiting));
        waiting = [];
        waitingBytes = 0;
      };
      for await (const line of allLines(entries, length)) {
        const changed = change(line);
        if (changed === undefined) continue;
        waiting.push(changed);
        waitingBytes += changed.length;
        written.lines += 1;
        written.length += changed.length;
        if (waitingBytes >= bufferedBytes) await flush();
      }
      await flush();
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, entries);
  } catch (error) {
    await remove(draft);
    throw error;
  }
  await syncDirectory(directory);
  return written;
}

export const unchanged = ({ bytes }: Line): Buffer => Buffer.concat([bytes, Buffer.from('\n')]);
