import { LRUCache } from 'lru-cache';
import { badInput, RequestRefused } from './problem.js';
import type { WireAccepted } from './wire/workflow-run.js';

const keptMs = 86_400_000;
const mostKept = 10_000;

export interface Answered {
  readonly location: string;
  readonly accepted: WireAccepted;
}

interface Kept {
  readonly fingerprint: string;
  readonly answered: Promise<Answered>;
}

export interface IdempotentRequest {
  readonly caller: string;
  /** As it was sent; undefined: each request is one of its own. */
  readonly key: string | undefined;
  /** What is asked for, its fields in an order of its own. */
  readonly request: object;
}

/** The answers to keys of callers, for a day: the same key gives the same answer, and starts nothing again. */
export class IdempotentAnswers {
  readonly #kept = new LRUCache<string, Kept>({ max: mostKept, ttl: keptMs });

  /** @throws RequestRefused with 422 for a key that came with another request, what `work` throws, which is not kept */
  async answer({ caller, key, request }: IdempotentRequest, work: () => Promise<Answered>): Promise<Answered> {
    if (key === undefined) return work();
    if (!/^[\x20-\x7e]{1,255}$/.test(key))
      throw badInput('Idempotency-Key must have 1 to 255 visible ASCII characters');
    const name = `${caller}\n${key}`;
    const fingerprint = JSON.stringify(Object.entries(request).sort());
    const kept = this.#kept.get(name);
    if (kept === undefined) return this.#first(name, fingerprint, work);
    if (kept.fingerprint === fingerprint) return kept.answered;
    throw new RequestRefused(
      422,
      'IDEMPOTENCY_KEY_REUSED',
      'this Idempotency-Key came with another request: use a new one',
    );
  }

  #first(name: string, fingerprint: string, work: () => Promise<Answered>): Promise<Answered> {
    const answered = work();
    this.#kept.set(name, { fingerprint, answered });
    answered.catch(() => this.#kept.delete(name));
    return answered;
  }
}
