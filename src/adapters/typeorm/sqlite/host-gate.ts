import type { DataSource, EntitySubscriberInterface, QueryRunner } from 'typeorm';
import { ReelflowError } from '../../../errors/reelflow-error.js';
import { nowMs } from '../../../resilience/clock.js';
import type { BeginOptions } from '../dialect.js';
import { pause } from '../pause.js';

const askAgainAfterMs = 5;

/**
 * Keeps our transactions and those of the host apart on the one connection that a DataSource has on SQLite: ours wait
 * until the host's has ended, and TypeORM asks us, as a subscriber, before it begins one for the host.
 */
export class HostGate {
  readonly #subscribers: EntitySubscriberInterface[];
  readonly #subscriber: EntitySubscriberInterface;
  #ours: Promise<void> | undefined;
  #leave: () => void = () => undefined;

  constructor({ subscribers }: DataSource) {
    this.#subscribers = subscribers;
    this.#subscriber = { beforeTransactionStart: async () => this.#ours };
    subscribers.push(this.#subscriber);
  }

  /** @throws DB_CONFLICT when the host's transaction takes longer than the timeout, CANCELLED */
  async enter(runner: QueryRunner, { timeoutMs, signal }: BeginOptions): Promise<void> {
    const untilMs = nowMs() + timeoutMs;
    while (runner.isTransactionActive) {
      if (nowMs() >= untilMs) {
        throw new ReelflowError('DB_CONFLICT', "a transaction of the dataSource's owner has not ended in time");
      }
      await pause(askAgainAfterMs, signal);
    }
    this.#ours = new Promise((resolve) => {
      this.#leave = resolve;
    });
  }

  leave(): void {
    this.#ours = undefined;
    this.#leave();
  }

  /** Takes our subscriber back. */
  dispose(): void {
    const index = this.#subscribers.indexOf(this.#subscriber);
    if (index !== -1) this.#subscribers.splice(index, 1);
  }
}
