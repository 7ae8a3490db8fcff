import { LRUCache } from 'lru-cache';
import { nowMs } from '../../resilience/clock.js';
import { tooMany } from '../problem.js';

/** Callers that are remembered; of those that are forgotten first, the last request is the longest ago. */
const mostCallers = 10_000;

interface Bucket {
  tokens: number;
  atMs: number;
}

/** A bucket for each caller that refills evenly: `requests` at once, and no more than that in a window on average. */
export class RequestRate {
  readonly #requests: number;
  readonly #perMs: number;
  readonly #buckets = new LRUCache<string, Bucket>({ max: mostCallers });

  constructor({ requests, windowMs }: { readonly requests: number; readonly windowMs: number }) {
    this.#requests = requests;
    this.#perMs = requests / windowMs;
  }

  /** @throws RequestRefused with 429 and when to come again */
  take(caller: string): void {
    const now = nowMs();
    const bucket = this.#buckets.get(caller) ?? { tokens: this.#requests, atMs: now };
    bucket.tokens = Math.min(this.#requests, bucket.tokens + (now - bucket.atMs) * this.#perMs);
    bucket.atMs = now;
    this.#buckets.set(caller, bucket);
    if (bucket.tokens < 1) throw tooMany('too many requests: slow down', (1 - bucket.tokens) / this.#perMs);
    bucket.tokens -= 1;
  }
}
