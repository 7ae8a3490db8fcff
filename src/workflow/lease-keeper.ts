import { AsyncLocalStorage } from 'node:async_hooks';
import type { ResolvedManagerOptions } from './manager-options.js';

/** A run belongs to its process for this long; then another may take it over. */
export const leaseMs = 5000;
const renewEveryMs = 2000;

/** Renews the leases of this process's runs while there are any. */
export class LeaseKeeper {
  readonly #options: ResolvedManagerOptions;
  /** Not in the async context of the run that happened to come first: it serves all. */
  readonly #tick = AsyncLocalStorage.bind(() => void this.#renewAll());
  /** How often each owner is kept. */
  readonly #owners = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: ResolvedManagerOptions) {
    this.#options = options;
  }

  /** @returns stop, to be called when the owner's run has ended */
  keep(owner: string): () => void {
    this.#owners.set(owner, (this.#owners.get(owner) ?? 0) + 1);
    this.#timer ??= setInterval(this.#tick, renewEveryMs);
    return () => {
      const others = (this.#owners.get(owner) ?? 0) - 1;
      if (others > 0) this.#owners.set(owner, others);
      else this.#owners.delete(owner);
      if (this.#owners.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  }

  /** Within an operation that is coordinated. @throws what the repository throws */
  async renew(): Promise<void> {
    for (const owner of this.#owners.keys()) await this.#options.repository.renewLease(owner, leaseMs);
  }

  async #renewAll(): Promise<void> {
    const { coordinator, logger } = this.#options;
    const renewed = await coordinator.coordinateDbOperation('renew_lease', () => this.renew(), {
      deadlineMs: renewEveryMs,
    });
    if (!renewed.success)
      logger.warn({ code: renewed.error.code }, 'the lease of running searches could not be renewed');
  }
}
