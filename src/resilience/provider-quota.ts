import type { QuotaSeen } from '../ports/call-context.js';
import { nowMs } from './clock.js';

/** Two reports whose windows end this close together speak of the same window. */
const sameWindowMs = 2000;
/** A day, and an hour for clocks that differ: an end later than that was misread. */
const longestWindowMs = 90_000_000;

/**
 * What is left of the provider's own window, by its headers. Answers may come out of order, so within one window the
 * smaller figure holds, and each start here takes one away.
 */
export class ProviderQuota {
  #limit = 0;
  #left = Number.POSITIVE_INFINITY;
  #untilMs = Number.NEGATIVE_INFINITY;

  observe({ limit, remaining, resetAtMs }: QuotaSeen): void {
    if (!isCount(remaining) || resetAtMs === undefined) return;
    const now = nowMs();
    const untilMs = now + (resetAtMs - Date.now()); // a relative wait from here on: the wall clock may be set
    if (!(untilMs > now && untilMs - now <= longestWindowMs)) return;
    const sameWindow = this.#untilMs > now && Math.abs(untilMs - this.#untilMs) < sameWindowMs;
    this.#left = sameWindow ? Math.min(this.#left, remaining) : remaining;
    this.#untilMs = sameWindow ? Math.max(this.#untilMs, untilMs) : untilMs;
    this.#limit = isCount(limit) ? limit : Math.max(this.#limit, remaining);
  }

  take(): void {
    this.#left -= 1;
  }

  /** When the provider has a place; `nowMs` or less: now. */
  readyAtMs(nowMs: number): number {
    return this.#left <= 0 && this.#untilMs > nowMs ? this.#untilMs : nowMs;
  }

  remaining(nowMs: number): { remaining: number; limit: number; nextFreeAtMs: number } | null {
    if (this.#untilMs <= nowMs) return null;
    return { remaining: Math.max(0, this.#left), limit: this.#limit, nextFreeAtMs: this.#untilMs };
  }
}

const isCount = (value: number | undefined): value is number =>
  value !== undefined && Number.isInteger(value) && value >= 0;
