import type { Delivery } from '../trigger/workflow-trigger.js';

/** Callbacks of step events that are still under way: nobody waits for them but `close()`. */
export class PendingDeliveries {
  readonly #pending = new Set<Promise<unknown>>();

  add(deliveries: readonly Delivery[]): void {
    for (const { outcome } of deliveries) {
      this.#pending.add(outcome);
      void outcome.then(() => this.#pending.delete(outcome)); // an outcome never rejects
    }
  }

  async settled(): Promise<void> {
    await Promise.all(this.#pending);
  }
}
