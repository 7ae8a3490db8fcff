import { AsyncLocalStorage } from 'node:async_hooks';
import type { ResolvedManagerOptions } from './manager-options.js';

/** A run belongs to its process for this long; then another may take it over. */
export const leaseMs = 5000;
const renewEveryMs = 2000;

/** Renews the leases of this process's runs while there are any. */
export class LeaseKeeper {
  readonly #options: ResolvedManagerOptions;
  readonly #owner: string;
  /** Not in the async context of the run that happened to come first: it serves all. */
  readonly #tick = AsyncLocalStorage.bind(() => void this.#renew());
  #runs = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: ResolvedManagerOptions, owner: string) {
    this.#options = options;
    this.#owner = owner;
  }

  /** @returns stop, to be called when the run has ended */
  keep(): () => void {
    this.#runs += 1;
    this.#timer ??= setInterval(this.#tick, renewEveryMs);
    return () => {
      this.#runs -= 1;
      if (this.#runs > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  }

  /** Within an operation that is coordinated. @throws what the repository throws */
  async renew(): Promise<void> {
    await this.#options.repository.renewLease(this.#owner, leaseMs);
  }

  async #renew(): Promise<void> {
    const { coordinator, logger } = this.#options;
    const renewed = await coordinator.coordinateDbOperation('renew_lease', () => this.renew(), {
      deadlineMs: renewEveryMs,
    });
    if (!renewed.success)
      logger.warn({ code: renewed.error.code }, 'the lease of running searches could not be renewed');
  }
}
