import { ReelflowError } from '../../errors/reelflow-error.js';
import type { Spool, SpoolEntry } from '../../ports/spool.js';
import { inTime } from './in-time.js';

/** The appends to a spool, none of which is waited for too long. */
export class SpoolAppends {
  readonly #spool: Spool;
  readonly #waiting = new Set<Promise<void>>();
  /** Given up, but not ended: what is still appended then would come after them, or never. */
  #stuck = 0;

  constructor(spool: Spool) {
    this.#spool = spool;
  }

  /** @throws what the spool throws, and DB_TIMEOUT, at once while an earlier append is stuck */
  async append(entry: SpoolEntry): Promise<void> {
    if (this.#stuck > 0) throw new ReelflowError('DB_TIMEOUT', 'the spool does not answer');
    const waiting = this.#append(entry);
    this.#waiting.add(waiting);
    try {
      await waiting;
    } finally {
      this.#waiting.delete(waiting);
    }
  }

  /** Resolves when nobody waits for an append. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#waiting);
  }

  async #append(entry: SpoolEntry): Promise<void> {
    let isUnderWay = true;
    const append = this.#spool.append(entry).finally(() => {
      isUnderWay = false;
    });
    try {
      await inTime(append);
    } catch (thrown) {
      if (isUnderWay) {
        this.#stuck += 1;
        const free = () => {
          this.#stuck -= 1;
        };
        append.then(free, free);
      }
      throw thrown;
    }
  }
}
