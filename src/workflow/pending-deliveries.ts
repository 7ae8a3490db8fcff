import { toReelflowError } from '../errors/classify-error.js';
import type { Logger } from '../ports/logger.js';
import type { TriggerOutcome } from '../trigger/trigger-outcome.js';
import type { Delivery } from '../trigger/workflow-trigger.js';

/** Callbacks of events that are still under way: nobody waits for them but `close()`. */
export class PendingDeliveries {
  readonly #pending = new Set<Promise<unknown>>();
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** @param step - the event, when it is a step's: no history keeps how its callbacks end, so one that fails is a log line */
  add(deliveries: readonly Delivery[], step?: string): void {
    for (const { outcome } of deliveries) {
      this.#pending.add(outcome);
      void outcome.then((ended) => {
        this.#pending.delete(outcome); // an outcome never rejects
        if (step !== undefined && !ended.success) this.#tell(step, ended);
      });
    }
  }

  async settled(): Promise<void> {
    await Promise.all(this.#pending);
  }

  #tell(event: string, { callback, error }: Extract<TriggerOutcome, { success: false }>): void {
    const { code, message } = toReelflowError(error, 'api');
    this.#logger.warn(
      { event: 'callback_failed', of: event, callback, error: { code, message } },
      `the callback '${callback}' of '${event}' failed: ${message}`,
    );
  }
}
