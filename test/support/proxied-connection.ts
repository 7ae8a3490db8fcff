import type { Socket } from 'node:net';
import type { Direction } from './tcp-proxy.js';

/** What the proxy decides for all of its connections. */
export interface Rules {
  delayMs(): number;
  /** Bytes that may still pass in a direction. */
  allowance(direction: Direction): number;
  /** Hears of bytes that have been handed to the other side's socket. */
  spent(connection: ProxiedConnection, direction: Direction, bytes: number): void;
  gone(connection: ProxiedConnection): void;
}

/** A client's connection and the one to the server that belongs to it. */
export class ProxiedConnection {
  readonly #sides: Readonly<Record<Direction, { readonly from: Socket; readonly to: Socket }>>;
  readonly #rules: Rules;
  readonly #queues: Readonly<Record<Direction, Buffer[]>> = { up: [], down: [] };
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #delayed: Array<() => void> = [];
  readonly #ended = new Set<Direction>();
  #held = false;
  #abandoned = false;

  constructor(client: Socket, server: Socket, rules: Rules) {
    this.#sides = { up: { from: client, to: server }, down: { from: server, to: client } };
    this.#rules = rules;
    for (const direction of ['up', 'down'] as const) this.#listen(direction);
  }

  /** One side has gone in a black hole, and the other one does not know. */
  get abandoned(): boolean {
    return this.#abandoned;
  }

  hold(): void {
    this.#held = true;
  }

  release(): void {
    if (this.#abandoned) return;
    this.#held = false;
    this.#flush('up');
    this.#flush('down');
  }

  /** RST to both sides. */
  reset(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    for (const { from } of Object.values(this.#sides)) {
      if (!from.destroyed) from.resetAndDestroy();
    }
    this.#rules.gone(this);
  }

  #listen(direction: Direction): void {
    const { from } = this.#sides[direction];
    from.setNoDelay(true);
    from.on('data', (chunk: Buffer) => this.#later(() => this.#push(direction, chunk)));
    from.on('end', () => this.#later(() => this.#end(direction)));
    from.on('error', () => undefined); // 'close' follows
    from.on('close', () => this.#closed());
  }

  /** In order, however the delay changes. */
  #later(act: () => void): void {
    const ms = this.#rules.delayMs();
    if (ms === 0 && this.#timers.size === 0) {
      act();
      return;
    }
    this.#delayed.push(act);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#delayed.shift()?.();
    }, ms);
    this.#timers.add(timer);
  }

  #push(direction: Direction, chunk: Buffer): void {
    this.#queues[direction].push(chunk);
    this.#flush(direction);
  }

  #flush(direction: Direction): void {
    const { to } = this.#sides[direction];
    const queue = this.#queues[direction];
    while (!this.#held && !to.destroyed) {
      const chunk = queue.shift();
      if (chunk === undefined) break;
      const bytes = Math.min(chunk.length, this.#rules.allowance(direction));
      if (bytes < chunk.length) queue.unshift(chunk.subarray(bytes));
      to.write(chunk.subarray(0, bytes));
      this.#rules.spent(this, direction, bytes);
    }
    if (!this.#held && this.#ended.has(direction)) to.end();
  }

  #end(direction: Direction): void {
    this.#ended.add(direction);
    this.#flush(direction);
  }

  /** In a black hole the other side does not hear of it, and never will. */
  #closed(): void {
    if (this.#held) {
      this.#abandoned = true;
      return;
    }
    this.#later(() => this.reset());
  }
}
