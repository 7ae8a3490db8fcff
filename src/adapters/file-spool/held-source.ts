import type { SerializedError } from '../../errors/serialized-error.js';
import type { Logger } from '../../ports/logger.js';
import { EntriesFile } from './entries-file.js';
import { forgetPosts } from './forget-posts.js';
import { type Inspection, inspectEntries } from './inspect-entries.js';
import { decodeLine, encodeLine, type StoredEntry } from './line.js';
import type { Positions } from './positions.js';
import type { Line } from './read-lines.js';
import { unchanged } from './rewrite-entries.js';
import { addLine, isBlank } from './side-file.js';
import { removeSource, type TakenSource } from './take-source.js';
import { Turns } from './turns.js';

interface Cursor {
  readonly generation: number;
  readonly offset: number;
}

export interface HeldSourceOptions {
  /** true: made by us. false: claimed after its process had gone. */
  readonly own: boolean;
  readonly logger: Logger;
}

/** More than the position, the checksum and the newline of a line take. */
const lineOverhead = 64;

/** A source that we hold the lock of. Whatever touches its file does so in turn. */
export class HeldSource {
  readonly #taken: TakenSource;
  readonly #options: HeldSourceOptions;
  readonly #file: EntriesFile;
  readonly #positions: Positions;
  readonly #turns = new Turns();
  #held = true;
  /** Where the entry stands that was read last: what is set aside is mostly that one. */
  #lastRead: Cursor & { readonly position: number } = { generation: -1, offset: 0, position: 0 };

  private constructor(taken: TakenSource, inspection: Inspection, options: HeldSourceOptions) {
    this.#taken = taken;
    this.#options = options;
    this.#file = new EntriesFile(taken.files, inspection);
    this.#positions = inspection.positions;
  }

  /** Looks what waits in it. The lock is freed when that fails. */
  static async open(taken: TakenSource, options: HeldSourceOptions): Promise<HeldSource> {
    try {
      const held = new HeldSource(taken, await inspectEntries(taken.files, options), options);
      if (!options.own) await held.#tidyUp();
      return held;
    } catch (error) {
      taken.lock.release();
      throw error;
    }
  }

  get source(): string {
    return this.#taken.files.source;
  }

  /** false once it is removed or given back. */
  get held(): boolean {
    return this.#held;
  }

  /** How many entries wait. */
  get size(): number {
    return this.#held ? this.#positions.size : 0;
  }

  /**
   * Makes entries safe, and says of each whether it fitted. When the write fails, there is none of them.
   * @param bodies - by `encodeBody`
   */
  append(bodies: readonly string[], maxBytes: number): Promise<boolean[]> {
    return this.#turns.run(async () => {
      await this.#makeRoom(bodies, maxBytes);
      const lines: Buffer[] = [];
      let { length } = this.#file;
      const fitted = bodies.map((body) => {
        const line = encodeLine(this.#positions.last + lines.length + 1, body);
        if (length + line.length > maxBytes) return false;
        length += line.length;
        return lines.push(line) > 0;
      });
      if (lines.length > 0) await this.#file.append(lines);
      for (const _line of lines) this.#positions.add(this.#positions.last + 1);
      return fitted;
    });
  }

  /** What waits, in order; also what is appended meanwhile. */
  async *read(): AsyncGenerator<StoredEntry> {
    let cursor: Cursor = { generation: this.#file.generation, offset: 0 };
    let after = 0;
    for (;;) {
      const { generation, lines } = await this.#linesAt(cursor);
      if (lines.length === 0) return;
      for (const line of lines) {
        cursor = { generation, offset: line.end };
        if (isBlank(line)) continue;
        const entry = decodeLine(line.bytes);
        if (entry === undefined) {
          await this.#inspectAgain();
          break;
        }
        if (entry.position <= after || !this.#positions.has(entry.position)) continue;
        after = entry.position;
        this.#lastRead = { generation, offset: line.start, position: after };
        yield entry;
        if (generation !== this.#file.generation) break; // the next lines may hold what was forgotten
      }
    }
  }

  acknowledge(upTo: number): Promise<void> {
    return this.#turns.run(async () => {
      this.#positions.settleUpTo(upTo);
      await this.#tidyUp();
    });
  }

  setAside(position: number, reason: SerializedError): Promise<void> {
    return this.#turns.run(async () => {
      const entry = this.#positions.has(position) ? await this.#find(position) : undefined;
      if (entry === undefined) return;
      const rejected = { source: this.source, rejectedAt: new Date().toISOString(), reason, ...entry };
      await addLine(this.#taken.files.rejected, JSON.stringify(rejected));
      this.#positions.settle(position);
      await this.#tidyUp();
    });
  }

  /** Resolves with the ids of the posts that waited. */
  forget(tweetIds: ReadonlySet<string>): Promise<ReadonlySet<string>> {
    return this.#turns.run(async () => forgetPosts(this.#file, this.#positions, tweetIds));
  }

  /** Gives the source back: what waits stays for others. */
  close(): Promise<void> {
    return this.#turns.run(async () => {
      if (!this.#held) return;
      if (this.#positions.size === 0) return this.#remove();
      this.#leave();
      this.#taken.lock.release();
    });
  }

  /** Half of the file must go, so that one that is always nearly full is not rewritten at each entry. */
  async #makeRoom(bodies: readonly string[], maxBytes: number): Promise<void> {
    const wanted = bodies.reduce((sum, body) => sum + Buffer.byteLength(body) + lineOverhead, this.#file.length);
    if (wanted <= maxBytes || this.#positions.size * 2 > this.#file.lines) return;
    await this.#file.rewrite((line) => {
      const entry = decodeLine(line.bytes);
      return entry === undefined || this.#positions.has(entry.position) ? unchanged(line) : undefined;
    });
  }

  #linesAt({ generation, offset }: Cursor): Promise<{ readonly generation: number; readonly lines: Line[] }> {
    return this.#turns.run(async () => {
      const lines = await this.#file.read(generation === this.#file.generation ? offset : 0);
      return { generation: this.#file.generation, lines };
    });
  }

  async #find(position: number): Promise<StoredEntry | undefined> {
    const last = this.#lastRead;
    let offset = last.position === position && last.generation === this.#file.generation ? last.offset : 0;
    for (;;) {
      const lines = await this.#file.read(offset);
      if (lines.length === 0) return undefined;
      for (const { bytes, end } of lines) {
        offset = end;
        const entry = decodeLine(bytes);
        if (entry?.position === position) return entry;
      }
    }
  }

  /** A line that was whole is not any more: it is moved away, and does not wait. */
  #inspectAgain(): Promise<void> {
    return this.#turns.run(async () => {
      const { length } = this.#file;
      const { logger } = this.#options;
      const { positions, lines } = await inspectEntries(this.#taken.files, { logger, length });
      this.#file.become({ length, lines });
      this.#positions.keepOnly(positions);
      await this.#tidyUp();
    });
  }

  async #tidyUp(): Promise<void> {
    if (!this.#held || this.#positions.size > 0) return;
    await (this.#options.own ? this.#file.empty() : this.#remove());
  }

  async #remove(): Promise<void> {
    await removeSource(this.#taken);
    this.#leave();
  }

  #leave(): void {
    this.#held = false;
    this.#file.become({ length: 0, lines: 0 });
  }
}
