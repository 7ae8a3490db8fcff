import { AsyncLocalStorage } from 'node:async_hooks';
import { toReelflowError } from '../errors/classify-error.js';
import type { Retention, SweepReport } from '../ports/repository.js';
import { nowMs } from '../resilience/clock.js';
import type { ResolvedManagerOptions } from './manager-options.js';

export type SweepTotals = Omit<SweepReport, 'next'>;

const everyMs = 3_600_000;
/** Rows of one slice, and the time after which the rest is left to the next hour. */
const maxRows = 1000;
const longestMs = 2000;

/** Drops what may be kept no longer, in short slices, and goes on where the last sweep ended. */
export class RetentionSweeper {
  readonly #options: ResolvedManagerOptions;
  /** Not in the async context of the search that happened to set it off. */
  readonly #sweepLater = AsyncLocalStorage.bind(() => void this.#sweepQuietly());
  #after: string | null = null;
  #sweptAtMs = nowMs();
  #sweeping: Promise<SweepTotals> | undefined;

  constructor(options: ResolvedManagerOptions) {
    this.#options = options;
  }

  /** Sweeps in the background when the last sweep was an hour ago; no timer is needed where searches come. */
  sweepWhenDue(): void {
    if (nowMs() - this.#sweptAtMs >= everyMs) this.#sweepLater();
  }

  /** Sweeps for at most two seconds. Several callers share one sweep. @throws DB_* */
  sweep(): Promise<SweepTotals> {
    this.#sweptAtMs = nowMs();
    this.#sweeping ??= this.#slices().finally(() => {
      this.#sweeping = undefined;
    });
    return this.#sweeping;
  }

  /** Waits for the sweep under way. */
  async ended(): Promise<void> {
    await this.#sweeping?.catch(() => undefined); // its caller hears of it
  }

  async #sweepQuietly(): Promise<void> {
    try {
      await this.sweep();
    } catch (thrown) {
      const { code, message } = toReelflowError(thrown, 'database');
      this.#options.logger.warn({ code }, `the retention sweep failed: ${message}`);
    }
  }

  async #slices(): Promise<SweepTotals> {
    const { coordinator, repository, retention, logger } = this.#options;
    const untilMs = nowMs() + longestMs;
    const total = { moviesDropped: 0, reviewTextsDropped: 0, quarantineDropped: 0, runsDropped: 0 };
    do {
      const after = this.#after;
      const outcome = await coordinator.coordinateDbOperation(
        'sweep',
        () => repository.sweep(finite(retention), { maxRows, ...(after === null ? {} : { after }) }),
        { priority: 'background', deadlineMs: longestMs },
      );
      if (!outcome.success) throw outcome.error;
      const { next, ...dropped } = outcome.result;
      this.#after = next ?? null;
      total.moviesDropped += dropped.moviesDropped;
      total.reviewTextsDropped += dropped.reviewTextsDropped;
      total.quarantineDropped += dropped.quarantineDropped ?? 0;
      total.runsDropped += dropped.runsDropped ?? 0;
    } while (this.#after !== null && nowMs() < untilMs);
    if (Object.values(total).some((count) => count > 0))
      logger.info({ ...total }, 'data past its retention was dropped');
    return total;
  }
}

/** Infinity keeps for ever. */
const finite = (retention: Required<Retention>): Retention =>
  Object.fromEntries(Object.entries(retention).filter(([, ms]) => Number.isFinite(ms)));
