import type { Priority } from '../domain/workflow-run.js';
import { LinkedQueue, type Queueable } from './linked-queue.js';

/** Interactive starts that may pass a waiting background one. */
const interactiveRun = 4;

/** Two queues served as one: interactive first, one background after every four that passed it. */
export class Lanes<Waiter extends Queueable<Waiter>> {
  readonly #lanes: Readonly<Record<Priority, LinkedQueue<Waiter>>> = {
    interactive: new LinkedQueue(),
    background: new LinkedQueue(),
  };
  #passed = 0;

  get size(): number {
    return this.#lanes.interactive.size + this.#lanes.background.size;
  }

  /** Queues at the end of a lane. @returns how many start before it if nobody leaves or comes */
  add(waiter: Waiter, priority: Priority): number {
    const { interactive, background } = this.#lanes;
    const ahead =
      priority === 'interactive'
        ? interactive.size + Math.min(background.size, Math.floor((interactive.size + this.#passed) / interactiveRun))
        : background.size + Math.min(interactive.size, (background.size + 1) * interactiveRun - this.#passed);
    this.#lanes[priority].add(waiter);
    return ahead;
  }

  /** Leaves at once, wherever it stands. @returns whether it was there */
  delete(waiter: Waiter): boolean {
    return this.#lanes.interactive.delete(waiter) || this.#lanes.background.delete(waiter);
  }

  has(waiter: Waiter): boolean {
    return this.#lanes.interactive.has(waiter) || this.#lanes.background.has(waiter);
  }

  first(): Waiter | undefined {
    return this.#lanes[this.#turn()].first;
  }

  takeFirst(): Waiter | undefined {
    const turn = this.#turn();
    const waiter = this.#lanes[turn].first;
    if (waiter === undefined) return undefined;
    this.#lanes[turn].delete(waiter);
    this.#passed = turn === 'interactive' && this.#lanes.background.size > 0 ? this.#passed + 1 : 0;
    return waiter;
  }

  /** All of them, interactive lane first. A copy: they may leave meanwhile. */
  all(): Waiter[] {
    return [...this.#lanes.interactive, ...this.#lanes.background];
  }

  #turn(): Priority {
    const { interactive, background } = this.#lanes;
    if (background.size === 0) return 'interactive';
    return interactive.size === 0 || this.#passed >= interactiveRun ? 'background' : 'interactive';
  }
}
