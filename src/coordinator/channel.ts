import type { CallKind } from '../errors/classify-error.js';
import { CircuitBreaker } from '../resilience/circuit-breaker.js';
import { nowMs, toEpochMs } from '../resilience/clock.js';
import { Gate } from '../resilience/gate.js';
import type { SlidingLogOptions } from '../resilience/sliding-log.js';
import { circuitOpen } from './call-errors.js';
import type { CoordinatorListener, CoordinatorTarget } from './coordinator-event.js';
import type { ApiStatistics, TargetStatistics } from './coordinator-statistics.js';
import type { Quota } from './quota.js';
import type { ResolvedPolicy } from './resolved-policy.js';
import { TargetCounters } from './target-counters.js';

/** Everything that the calls to one API, or the runs of one operation, share. */
export class Channel {
  readonly name: string;
  readonly kind: CallKind;
  readonly target: CoordinatorTarget;
  readonly gate: Gate;
  readonly counters = new TargetCounters();
  readonly #emit: CoordinatorListener;
  #policy: ResolvedPolicy;
  #breaker: CircuitBreaker | null;
  #circuitChangedAt: string | null = null;

  constructor(name: string, kind: CallKind, policy: ResolvedPolicy, emit: CoordinatorListener, log: SlidingLogOptions) {
    this.name = name;
    this.kind = kind;
    this.target = kind === 'api' ? { api: name } : { operation: name };
    this.#emit = emit;
    this.#policy = policy;
    this.gate = new Gate(name, policy, log);
    this.#breaker = this.#newBreaker();
  }

  get policy(): ResolvedPolicy {
    return this.#policy;
  }

  get breaker(): CircuitBreaker | null {
    return this.#breaker;
  }

  /** Acts from the next call on, and on those that wait. */
  configure(policy: ResolvedPolicy): void {
    const before = JSON.stringify(this.#policy.breaker);
    this.#policy = policy;
    if (JSON.stringify(policy.breaker) !== before) this.#breaker = this.#newBreaker();
    this.gate.configure(policy);
  }

  quota(): Quota {
    const left = this.gate.remaining();
    if (left === null)
      return { remaining: Number.POSITIVE_INFINITY, limit: Number.POSITIVE_INFINITY, resetAtMs: Date.now() };
    return { remaining: left.remaining, limit: left.limit, resetAtMs: Math.ceil(toEpochMs(left.nextFreeAtMs)) };
  }

  statistics(): TargetStatistics {
    const circuit = this.#breaker === null ? 'off' : this.#breaker.state(nowMs());
    return { ...this.counters.snapshot(), circuit, circuitChangedAt: this.#circuitChangedAt };
  }

  apiStatistics(): ApiStatistics {
    return { ...this.statistics(), quota: this.quota(), waiting: this.gate.waiting, active: this.gate.active };
  }

  #newBreaker(): CircuitBreaker | null {
    const { breaker } = this.#policy;
    if (breaker === false) return null;
    return new CircuitBreaker(breaker, (state) => {
      this.#circuitChangedAt = new Date().toISOString();
      if (state === 'open') this.gate.refuseAll(() => circuitOpen(this.target, breaker.halfOpenAfterMs));
      this.#emit({ type: state === 'open' ? 'circuit_opened' : 'circuit_closed', ...this.target });
    });
  }
}
