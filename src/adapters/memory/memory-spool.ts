import { randomUUID } from 'node:crypto';
import { ReelflowError } from '../../errors/reelflow-error.js';
import type { SerializedError } from '../../errors/serialized-error.js';
import type { Spool, SpoolEntry, SpooledEntry, SpoolPlace } from '../../ports/spool.js';
import { postIds, withoutPosts } from '../../ports/without-posts.js';

export interface RejectedEntry {
  readonly entry: SpooledEntry;
  readonly reason: SerializedError;
}

/** A spool in this process's memory, for tests: what waits is gone with the process. */
export class MemorySpool implements Spool {
  readonly #source = `memory-${randomUUID()}`;
  #lastPosition = 0;
  #waiting: SpooledEntry[] = [];
  #rejected: RejectedEntry[] = [];
  #closed = false;

  async append({ batch, fence }: SpoolEntry): Promise<void> {
    this.#mustBeOpen();
    const entry = structuredClone(fence === undefined ? { batch } : { batch, fence });
    this.#lastPosition += 1;
    this.#waiting.push({ ...entry, source: this.#source, position: this.#lastPosition, own: true });
  }

  async *read(): AsyncIterable<SpooledEntry> {
    let after = 0;
    for (;;) {
      this.#mustBeOpen();
      const next = this.#waiting.find(({ position }) => position > after);
      if (next === undefined) return;
      after = next.position;
      yield structuredClone(next);
    }
  }

  async acknowledge({ source, position: upTo }: SpoolPlace): Promise<void> {
    this.#mustBeOpen();
    if (source === this.#source) this.#waiting = this.#waiting.filter(({ position }) => position > upTo);
  }

  async setAside({ source, position }: SpoolPlace, reason: SerializedError): Promise<void> {
    this.#mustBeOpen();
    const entry = this.#waiting.find((waiting) => waiting.source === source && waiting.position === position);
    if (entry === undefined) return;
    this.#waiting = this.#waiting.filter((waiting) => waiting !== entry);
    this.#rejected.push({ entry, reason });
  }

  async forget(tweetIds: readonly string[]): Promise<number> {
    this.#mustBeOpen();
    const ids = postIds(tweetIds);
    const forgotten = new Set<string>();
    this.#waiting = this.#waiting.map((entry) => {
      const without = withoutPosts(entry.batch, ids);
      for (const id of without?.removed ?? []) forgotten.add(id);
      return without === undefined ? entry : { ...entry, batch: without.batch };
    });
    this.#rejected = this.#rejected.filter(({ entry }) => withoutPosts(entry.batch, ids) === undefined);
    return forgotten.size;
  }

  async size(): Promise<number> {
    this.#mustBeOpen();
    return this.#waiting.length;
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  /** What was set aside, oldest first. */
  get rejected(): readonly RejectedEntry[] {
    return structuredClone(this.#rejected);
  }

  #mustBeOpen(): void {
    if (this.#closed) throw new ReelflowError('CLOSED', 'the spool is closed');
  }
}
