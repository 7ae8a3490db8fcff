import { toReelflowError } from '../../errors/classify-error.js';
import { ReelflowError } from '../../errors/reelflow-error.js';
import { type SerializedError, serializeError } from '../../errors/serialized-error.js';
import { throwIfAborted } from '../../errors/throw-if-aborted.js';
import type { CacheCallOptions, CachedResponse, CacheSetOptions, ResponseCache } from '../../ports/response-cache.js';
import { nowMs } from '../../resilience/clock.js';
import { linkSignal } from '../../resilience/linked-signal.js';
import { unlessAborted } from '../../resilience/unless-aborted.js';

/** After a failure the cache is left alone this long; each trial that fails doubles the time. */
const firstPauseMs = 1000;
const longestPauseMs = 30_000;

export type CacheOperation = 'get' | 'set' | 'delete';

export interface CacheFailure {
  readonly operation: CacheOperation;
  readonly error: ReelflowError;
}

/** A cache that does not work now. */
export interface CacheOutage {
  readonly since: string;
  readonly error: SerializedError;
}

export interface GuardedCacheOptions {
  readonly cache: ResponseCache;
  /** For each call of the cache, in milliseconds. */
  readonly timeLimitMs: number;
  /** Told when the cache stops working and at each later trial that fails: at most once a second, later twice a minute. */
  readonly onFailure: (failure: CacheFailure) => void;
}

/**
 * A cache that never fails and never hangs: what fails or takes too long is a miss, or not done. It is then left alone
 * for a second; after that one call is the trial, and the others go without until it has succeeded.
 * Only an abort of the caller's signal is thrown.
 */
export class GuardedCache implements ResponseCache {
  readonly #options: GuardedCacheOptions;
  /** 0 while the cache works. */
  #pauseMs = 0;
  #failingSince: CacheOutage | null = null;
  #nextTrialAtMs = 0;

  constructor(options: GuardedCacheOptions) {
    this.#options = options;
  }

  /** null: it works, as far as is known. */
  get outage(): CacheOutage | null {
    return this.#failingSince;
  }

  get(key: string, { signal }: CacheCallOptions = {}): Promise<CachedResponse | null> {
    const { cache } = this.#options;
    return this.#try('get', signal, null, async (own) => checkAnswer(await cache.get(key, { signal: own })));
  }

  set(key: string, value: unknown, { ttlMs, signal }: CacheSetOptions): Promise<void> {
    return this.#try('set', signal, undefined, (own) => this.#options.cache.set(key, value, { ttlMs, signal: own }));
  }

  delete(keys: readonly string[], { signal }: CacheCallOptions = {}): Promise<void> {
    return this.#try('delete', signal, undefined, (own) => this.#options.cache.delete(keys, { signal: own }));
  }

  /** Waits for the cache's own `close` no longer than for any other call. @throws what it throws */
  close(): Promise<void> {
    return this.#inTime(undefined, async () => this.#options.cache.close?.());
  }

  async #try<Result>(
    operation: CacheOperation,
    signal: AbortSignal | undefined,
    otherwise: Result,
    work: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    throwIfAborted(signal, 'the search');
    const isTrial = this.#pauseMs > 0;
    if (isTrial && nowMs() < this.#nextTrialAtMs) return otherwise;
    if (isTrial) this.#nextTrialAtMs = Number.POSITIVE_INFINITY;
    try {
      const result = await this.#inTime(signal, work);
      if (isTrial) {
        this.#pauseMs = 0;
        this.#failingSince = null;
      }
      return result;
    } catch (thrown) {
      if (signal?.aborted === true) {
        if (isTrial) this.#nextTrialAtMs = nowMs(); // it said nothing: the next call is the trial
        throwIfAborted(signal, 'the search');
      }
      if (isTrial || this.#pauseMs === 0) this.#leaveAlone(operation, toReelflowError(thrown, 'database'));
      return otherwise;
    }
  }

  #leaveAlone(operation: CacheOperation, error: ReelflowError): void {
    this.#pauseMs = Math.min(longestPauseMs, Math.max(firstPauseMs, this.#pauseMs * 2));
    this.#nextTrialAtMs = nowMs() + this.#pauseMs;
    const since = this.#failingSince?.since ?? new Date().toISOString();
    this.#failingSince = { since, error: serializeError(error) };
    this.#options.onFailure({ operation, error });
  }

  async #inTime<Result>(
    parent: AbortSignal | undefined,
    work: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    const { timeLimitMs } = this.#options;
    const own = linkSignal(parent);
    const late = () =>
      own.abort(new ReelflowError('DB_TIMEOUT', `the cache has not answered within ${timeLimitMs} ms`));
    const timer = setTimeout(late, timeLimitMs);
    try {
      return await unlessAborted(work(own.signal), own.signal, 'the call of the cache');
    } finally {
      clearTimeout(timer);
      own.dispose();
    }
  }
}

function checkAnswer(answer: CachedResponse | null | undefined): CachedResponse | null {
  if (answer === null || answer === undefined) return null;
  if (typeof answer === 'object' && Number.isFinite(answer.storedAtMs)) return answer;
  throw new ReelflowError('UNEXPECTED', 'the cache gave an answer without a value or without its time');
}
