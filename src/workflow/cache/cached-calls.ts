import { toReelflowError } from '../../errors/classify-error.js';
import type { ErrorCode } from '../../errors/error-code.js';
import { ReelflowError } from '../../errors/reelflow-error.js';
import type { CallContext, FreshnessSeen } from '../../ports/call-context.js';
import type { ResponseCache } from '../../ports/response-cache.js';
import { nowMs } from '../../resilience/clock.js';
import { linkSignal } from '../../resilience/linked-signal.js';
import { type Patience, shareInTime } from '../share-in-time.js';
import { SingleFlight } from '../single-flight.js';
import type { CacheCounters } from './cache-counters.js';
import { type CacheEntry, type FoundEntry, isDuration, readEntry } from './cache-entry.js';

/** The provider cannot answer now, or not us: an earlier answer is better than none. */
const cannotAnswer: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'API_TIMEOUT',
  'API_NETWORK',
  'API_UNAVAILABLE',
  'API_RATE_LIMITED',
  'API_QUOTA_EXHAUSTED',
  'API_INVALID_RESPONSE',
  'API_UNAUTHORIZED',
  'API_FORBIDDEN',
  'CIRCUIT_OPEN',
]);

/** Makes a call of the provider under the coordinator's policies. Failures are thrown. */
export type CoordinatedCall = <T>(fn: (context: CallContext) => Promise<T>, signal: AbortSignal) => Promise<T>;

export interface AskOptions {
  /** How the call is made when one is needed. Its signal is that of all who wait for the answer. */
  readonly call: CoordinatedCall;
  /** The caller's own; when it ends, the caller leaves, and the call goes on for the others. */
  readonly patience: Patience;
  /** true: the provider is asked whatever is kept; what is kept still helps when it cannot answer. @default false */
  readonly fresh?: boolean | undefined;
}

export interface CachedAnswer<Value> {
  readonly value: Value;
  readonly origin: 'live' | 'cache';
  /** When the provider gave or confirmed it, in epoch milliseconds. */
  readonly fetchedAtMs: number;
  /** Why an old answer is given: the provider was asked, and could not answer. */
  readonly error?: ReelflowError;
}

export interface CachedCallsOptions<Value> {
  readonly cache: ResponseCache | null;
  readonly counters: CacheCounters;
  readonly background: { readonly call: CoordinatedCall; readonly patienceMs: number };
  readonly times: {
    readonly freshMs: number;
    readonly nothingFoundMs: number;
    readonly revalidateMs: number | null;
    readonly keepMs: number;
  };
  /** Whether a value is kept, and whether what was kept is one: a cheap look at its shape. */
  readonly isAnswer: (value: unknown) => value is Value;
}

export interface Question<Value> {
  readonly key: string;
  /** Who is asked, as errors name it. */
  readonly of: string;
  readonly ask: (context: CallContext<Value>) => Promise<Value>;
  /** The message of API_NOT_FOUND when the cache knows that there is no such film. */
  readonly notFound: string;
}

interface Fetched<Value> {
  readonly value: Value;
  readonly fetchedAtMs: number;
}

/**
 * Answers of one kind, through the cache: one call at a time for each key, however many wait for it. What the provider
 * does not know is used while it is fresh, and never as an old answer.
 */
export class CachedCalls<Value> {
  readonly #options: CachedCallsOptions<Value>;
  readonly #flights = new SingleFlight<Fetched<Value>>();
  readonly #running = new Set<Promise<unknown>>();
  readonly #renewing = new Set<string>();
  readonly #closing = linkSignal(undefined);

  constructor(options: CachedCallsOptions<Value>) {
    this.#options = options;
  }

  /** @throws what the call throws, when there is no earlier answer to give; API_NOT_FOUND; CANCELLED */
  async answer(question: Question<Value>, { call, patience, fresh = false }: AskOptions): Promise<CachedAnswer<Value>> {
    const { cache, isAnswer } = this.#options;
    const found =
      cache === null ? null : readEntry(await cache.get(question.key, { signal: patience.signal }), isAnswer);
    const earlier = found !== null && found.ageMs < this.#keepMs(found) ? found : null;
    const kept = fresh || earlier === null ? null : this.#unasked(question, earlier);
    if (kept !== null) return kept;
    const { counters } = this.#options;
    try {
      const fetched = await this.#fetch(question, earlier, call, patience);
      counters.missed();
      return { ...fetched, origin: 'live' };
    } catch (thrown) {
      const error = toReelflowError(thrown, 'api');
      if (earlier === null || isNothing(earlier) || !cannotAnswer.has(error.code)) throw error;
      counters.gaveStale();
      return { ...fromCache(earlier, question), error };
    }
  }

  /** Aborts the calls in the background, and resolves when no call is running and no answer waits to be stored. */
  async close(): Promise<void> {
    this.#closing.abort(new ReelflowError('CLOSED', 'the manager was closed'));
    await Promise.allSettled(this.#running);
  }

  /** What may be given without asking; an answer past its time starts a call in the background. */
  #unasked(question: Question<Value>, earlier: FoundEntry<Value>): CachedAnswer<Value> | null {
    const { counters, times } = this.#options;
    const freshMs = this.#freshMs(earlier);
    if (earlier.ageMs < freshMs) {
      counters.hit();
      return fromCache(earlier, question);
    }
    if (earlier.ageMs >= freshMs + (times.revalidateMs ?? freshMs)) return null;
    counters.gaveStale();
    this.#renew(question, earlier);
    return fromCache(earlier, question);
  }

  #renew(question: Question<Value>, earlier: FoundEntry<Value>): void {
    const { signal } = this.#closing;
    if (signal.aborted || this.#renewing.has(question.key)) return;
    this.#renewing.add(question.key);
    // Its failure is the coordinator's to tell of: the caller has an answer already.
    const { call, patienceMs } = this.#options.background;
    void this.#fetch(question, earlier, call, { signal, patienceMs, untilMs: nowMs() + patienceMs })
      .catch(() => undefined)
      .finally(() => this.#renewing.delete(question.key));
  }

  async #fetch(
    question: Question<Value>,
    earlier: FoundEntry<Value> | null,
    call: CoordinatedCall,
    patience: Patience,
  ): Promise<Fetched<Value>> {
    const work = (shared: AbortSignal) => {
      const running = this.#call(question, earlier, call, shared);
      this.#running.add(running);
      return running.finally(() => this.#running.delete(running));
    };
    const { patienceMs } = patience;
    const board = (signal: AbortSignal) => this.#flights.join(question.key, 1, signal, work, { patienceMs });
    return (await shareInTime({ of: question.of, board }, patience)).value;
  }

  /** The answer is paid for: it is stored even when everybody has left, and before the next call of its key can start. */
  async #call(
    question: Question<Value>,
    earlier: FoundEntry<Value> | null,
    call: CoordinatedCall,
    signal: AbortSignal,
  ): Promise<Fetched<Value>> {
    const { value: known, etag } = earlier ?? {};
    try {
      const { value, seen } = await call(async (context) => {
        let seen: FreshnessSeen = {};
        const value = await question.ask({
          ...context,
          ...(known === null || known === undefined || etag === undefined ? {} : { known: { etag, value: known } }),
          reportFreshness: (freshness) => {
            seen = freshness;
          },
        });
        return { value, seen };
      }, signal);
      const fetchedAtMs = Date.now();
      if (this.#options.isAnswer(value)) await this.#store(question.key, entryOf(value, seen, earlier));
      return { value, fetchedAtMs };
    } catch (thrown) {
      const error = toReelflowError(thrown, 'api');
      if (error.code === 'API_NOT_FOUND') await this.#store(question.key, { value: null });
      throw error;
    }
  }

  async #store(key: string, entry: CacheEntry<Value>): Promise<void> {
    const ttlMs = this.#keepMs(entry);
    if (ttlMs > 0) await this.#options.cache?.set(key, entry, { ttlMs: Math.ceil(ttlMs) });
    else await this.#options.cache?.delete([key]);
  }

  /** How long an answer is used unasked: as the provider says, but no longer than the host allows. */
  #freshMs(entry: CacheEntry<Value>): number {
    const { times } = this.#options;
    return Math.min(
      entry.maxAgeMs ?? Number.POSITIVE_INFINITY,
      isNothing(entry) ? times.nothingFoundMs : times.freshMs,
      times.keepMs,
    );
  }

  #keepMs(entry: CacheEntry<Value>): number {
    return isNothing(entry) ? this.#freshMs(entry) : this.#options.times.keepMs;
  }
}

const isNothing = ({ value }: CacheEntry<unknown>): boolean =>
  value === null || (Array.isArray(value) && value.length === 0);

function fromCache<Value>(
  { value, fetchedAtMs }: FoundEntry<Value>,
  { notFound }: Question<Value>,
): CachedAnswer<Value> {
  if (value === null) throw new ReelflowError('API_NOT_FOUND', notFound);
  return { value, origin: 'cache', fetchedAtMs };
}

/** An answer that was only confirmed keeps what the confirmation left out. */
function entryOf<Value>(value: Value, seen: FreshnessSeen, earlier: CacheEntry<Value> | null): CacheEntry<Value> {
  const { etag, maxAgeMs } = seen.unchanged === true ? { ...earlier, ...seen } : seen;
  return {
    value,
    ...(typeof etag === 'string' ? { etag } : {}),
    ...(isDuration(maxAgeMs) ? { maxAgeMs } : {}),
  };
}
