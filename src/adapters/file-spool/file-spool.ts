import { ReelflowError } from '../../errors/reelflow-error.js';
import type { SerializedError } from '../../errors/serialized-error.js';
import type { Spool, SpoolEntry, SpooledEntry, SpoolPlace } from '../../ports/spool.js';
import { postIds } from '../../ports/without-posts.js';
import { Claims } from './claims.js';
import type { HeldSource } from './held-source.js';
import { type FileSpoolOptions, type ResolvedFileSpoolOptions, resolveFileSpoolOptions } from './options.js';
import { OwnSource } from './own-source.js';
import { blankLinesWith } from './side-file.js';
import { listSideFiles } from './source-files.js';
import { toSpoolError } from './spool-error.js';

/**
 * Keeps writes in a directory: a file of checksummed JSON lines for each process that had some, on the disk before
 * `append` resolves. Nothing is made before the first entry comes, and nothing runs in the background.
 *
 * What a process left behind, however it ended, goes to the first other one that asks (`read`, `size`, `forget`), and
 * is that one's until everything is acknowledged or it closes. What was acknowledged is remembered in memory alone: after
 * a crash some of it is read again, and the marker of `Repository.apply` makes it a no-op.
 *
 * Errors: DB_STORAGE_FULL when the disk or `maxBytes` has no room, DB_READ_ONLY when the directory must not be written
 * to, DB_CONNECTION when the disk fails otherwise, CLOSED.
 */
export class FileSpool implements Spool {
  readonly #options: ResolvedFileSpoolOptions;
  readonly #own: OwnSource;
  readonly #claims: Claims;
  #closing: Promise<void> | undefined;

  /** @throws INVALID_OPTIONS */
  constructor(options: FileSpoolOptions) {
    this.#options = resolveFileSpoolOptions(options);
    this.#own = new OwnSource(this.#options);
    this.#claims = new Claims(this.#options);
  }

  async append(entry: SpoolEntry): Promise<void> {
    this.#mustBeOpen();
    await this.#own.append(entry);
  }

  /** Entries that cannot be read are logged, and left where they are when the disk lets nothing be done about them. */
  async *read(): AsyncIterable<SpooledEntry> {
    this.#mustBeOpen();
    try {
      for await (const held of this.#claimed()) yield* this.#entriesOf(held, false);
      if (this.#own.held !== undefined) yield* this.#entriesOf(this.#own.held, true);
    } catch (error) {
      throw toSpoolError(error, this.#options.directory);
    }
  }

  async acknowledge({ source, position }: SpoolPlace): Promise<void> {
    await this.#work(async () => this.#find(source)?.acknowledge(position));
  }

  /** The entry goes to `<source>.rejected`, as a line of JSON with the reason and the time. */
  async setAside({ source, position }: SpoolPlace, reason: SerializedError): Promise<void> {
    await this.#work(async () => this.#find(source)?.setAside(position, reason));
  }

  /**
   * Also takes the posts out of what was set aside and of damaged lines. Entries of other processes that live are
   * theirs to change.
   */
  forget(tweetIds: readonly string[]): Promise<number> {
    return this.#work(async () => {
      const ids = postIds(tweetIds);
      if (ids.size === 0) return 0;
      const forgotten = new Set(await this.#own.forget(ids));
      const fail = (error: unknown): never => {
        throw error; // a post that stays behind in silence would be worse
      };
      for await (const held of this.#claims.claim(this.#own.held?.source, fail)) {
        for (const id of await held.forget(ids)) forgotten.add(id);
      }
      const texts = [...ids].flatMap((id) => [id, JSON.stringify(id).slice(1, -1)]);
      for (const path of await listSideFiles(this.#options.directory)) await blankLinesWith(path, texts);
      return forgotten.size;
    });
  }

  size(): Promise<number> {
    return this.#work(async () => {
      let size = 0;
      for await (const held of this.#claimed()) size += held.size;
      return size + (this.#own.held?.size ?? 0);
    });
  }

  /** Waits for the appends under way. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    try {
      await this.#own.close();
      await this.#claims.close();
    } catch (error) {
      throw toSpoolError(error, this.#options.directory);
    }
  }

  #claimed(): AsyncIterable<HeldSource> {
    return this.#claims.claim(this.#own.held?.source, this.#claims.logFailure);
  }

  async *#entriesOf(held: HeldSource, own: boolean): AsyncGenerator<SpooledEntry> {
    for await (const { position, fence, batch } of held.read()) {
      const place = { source: held.source, position, own };
      yield fence === undefined ? { ...place, batch } : { ...place, batch, fence };
      this.#mustBeOpen();
    }
    this.#mustBeOpen();
  }

  #find(source: string): HeldSource | undefined {
    return this.#own.held?.source === source ? this.#own.held : this.#claims.get(source);
  }

  async #work<Result>(task: () => Promise<Result>): Promise<Result> {
    this.#mustBeOpen();
    try {
      return await task();
    } catch (error) {
      throw toSpoolError(error, this.#options.directory);
    }
  }

  #mustBeOpen(): void {
    if (this.#closing !== undefined) throw new ReelflowError('CLOSED', 'the spool is closed');
  }
}
