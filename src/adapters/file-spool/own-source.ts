import type { SpoolEntry } from '../../ports/spool.js';
import { HeldSource } from './held-source.js';
import { encodeBody } from './line.js';
import type { ResolvedFileSpoolOptions } from './options.js';
import { isMissing, overMaxBytes, toSpoolError } from './spool-error.js';
import { makeSource } from './take-source.js';
import { Turns } from './turns.js';

interface Waiting {
  readonly body: string;
  resolve(): void;
  reject(error: unknown): void;
}

/** The source that this process writes to, made with the first entry. Entries that come together are written together. */
export class OwnSource {
  readonly #options: ResolvedFileSpoolOptions;
  readonly #turns = new Turns();
  #held: HeldSource | undefined;
  #waiting: Waiting[] = [];

  constructor(options: ResolvedFileSpoolOptions) {
    this.#options = options;
  }

  /** undefined before the first entry. */
  get held(): HeldSource | undefined {
    return this.#held;
  }

  append(entry: SpoolEntry): Promise<void> {
    const body = encodeBody({ ...entry, at: new Date().toISOString() });
    return new Promise((resolve, reject) => {
      this.#waiting.push({ body, resolve, reject });
      if (this.#waiting.length === 1) void this.#turns.run(() => this.#writeWaiting());
    });
  }

  /** After the appends that came before. */
  forget(tweetIds: ReadonlySet<string>): Promise<ReadonlySet<string>> {
    return this.#turns.run(async () => this.#held?.forget(tweetIds) ?? new Set<string>());
  }

  close(): Promise<void> {
    return this.#turns.run(async () => this.#held?.close());
  }

  /** Never rejects: those who wait hear of it. */
  async #writeWaiting(): Promise<void> {
    const group = this.#waiting;
    this.#waiting = [];
    const { directory, maxBytes } = this.#options;
    try {
      const fitted = await this.#write(group.map(({ body }) => body));
      for (const [index, { resolve, reject }] of group.entries()) {
        if (fitted[index] === true) resolve();
        else reject(overMaxBytes(directory, maxBytes));
      }
    } catch (error) {
      for (const { reject } of group) reject(toSpoolError(error, directory));
    }
  }

  async #write(bodies: readonly string[]): Promise<boolean[]> {
    const { directory, maxBytes, logger } = this.#options;
    try {
      this.#held ??= await this.#make();
      return await this.#held.append(bodies, maxBytes);
    } catch (error) {
      if (!isMissing(error) || this.#held === undefined) throw error;
      const { source, size } = this.#held;
      logger.error({ event: 'spool_file_lost', source, entries: size }, `somebody removed a file from ${directory}`);
      await this.#held.close();
      this.#held = await this.#make();
      return this.#held.append(bodies, maxBytes);
    }
  }

  async #make(): Promise<HeldSource> {
    const { directory, logger } = this.#options;
    return HeldSource.open(await makeSource(directory), { own: true, logger });
  }
}
