import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { privateFile, syncDirectory, withFile, writeAll } from './durable-files.js';
import { allLines, type Line } from './read-lines.js';

const space = 0x20;

/** Adds a line to a file that a person will read, and makes it safe; leaves no part of it when that fails. */
export async function addLine(path: string, line: Buffer | string): Promise<void> {
  const file = await open(path, 'a+', privateFile);
  try {
    const { size } = await file.stat();
    const last = Buffer.from('\n');
    if (size > 0) await file.read(last, 0, 1, size - 1);
    const torn = last.toString() === '\n' ? '' : '\n'; // a process died while it wrote
    try {
      await file.appendFile(Buffer.concat([Buffer.from(torn), Buffer.from(line), Buffer.from('\n')]));
      await file.sync();
    } catch (error) {
      await file.truncate(size);
      throw error;
    }
    if (size === 0) await syncDirectory(dirname(path));
  } finally {
    await file.close();
  }
}

/**
 * Overwrites lines with spaces where they stand. Nothing moves, so it needs no room on the disk and no lock against
 * others who add lines or blank theirs.
 */
export async function blankLines(path: string, lines: ReadonlyArray<Omit<Line, 'bytes'>>): Promise<void> {
  if (lines.length === 0) return;
  await withFile(path, async (file) => {
    for (const { start, end, whole } of lines) {
      await writeAll(file, Buffer.alloc(whole ? end - 1 - start : end - start, space), start);
    }
    await file.datasync();
  });
}

export const isBlank = ({ bytes }: Line): boolean => bytes.every((byte) => byte === space);

/** Blanks the lines that hold one of the texts. */
export async function blankLinesWith(path: string, texts: readonly string[]): Promise<void> {
  const found: Array<Omit<Line, 'bytes'>> = [];
  for await (const { bytes, ...place } of allLines(path)) {
    if (texts.some((text) => bytes.includes(text))) found.push(place);
  }
  await blankLines(path, found);
}
