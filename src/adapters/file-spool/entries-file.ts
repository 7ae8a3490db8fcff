import { withFile, writeAll } from './durable-files.js';
import type { Inspection } from './inspect-entries.js';
import { type Line, readLines } from './read-lines.js';
import { rewriteEntries } from './rewrite-entries.js';
import type { SourceFiles } from './source-files.js';
import { isMissing } from './spool-error.js';

/** The entries of a source on the disk, and how far they are safe. One call at a time. */
export class EntriesFile {
  readonly #files: SourceFiles;
  #length: number;
  #lines: number;
  #generation = 0;
  /** Behind the safe part may stand what a failed write left. */
  #overhangs = false;

  constructor(files: SourceFiles, { length, lines }: Pick<Inspection, 'length' | 'lines'>) {
    this.#files = files;
    this.#length = length;
    this.#lines = lines;
  }

  /** Up to here the file is whole and safe, in bytes. */
  get length(): number {
    return this.#length;
  }

  /** How many entries it holds, those that wait no more included. */
  get lines(): number {
    return this.#lines;
  }

  /** Another number each time when offsets lose their meaning. */
  get generation(): number {
    return this.#generation;
  }

  /** Adds lines and makes them safe, or leaves no trace of them. */
  async append(lines: readonly Buffer[]): Promise<void> {
    const bytes = Buffer.concat(lines);
    await withFile(this.#files.entries, async (file) => {
      if (this.#overhangs) await file.truncate(this.#length);
      this.#overhangs = true;
      try {
        await writeAll(file, bytes, this.#length);
        await file.datasync();
      } catch (error) {
        await file.truncate(this.#length).catch(() => undefined); // else before the next write
        throw error;
      }
      this.#overhangs = false;
    });
    this.#length += bytes.length;
    this.#lines += lines.length;
  }

  /** Some lines from here on; none at the end. */
  async read(offset: number): Promise<Line[]> {
    return offset >= this.#length ? [] : readLines(this.#files.entries, offset, this.#length);
  }

  async rewrite(change: (line: Line) => Buffer | undefined): Promise<void> {
    this.become(await rewriteEntries(this.#files, this.#length, change));
  }

  async empty(): Promise<void> {
    if (this.#length === 0) return;
    this.become({ lines: 0, length: 0 });
    this.#overhangs = true;
    try {
      await withFile(this.#files.entries, (file) => file.truncate(0));
      this.#overhangs = false;
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }

  /** The file is another one now. */
  become({ length, lines }: Pick<Inspection, 'length' | 'lines'>): void {
    this.#generation += 1;
    this.#length = length;
    this.#lines = lines;
  }
}
