import type { BreakerPolicy } from '../ports/api-policy.js';

/** Parts the window is counted in: it slides in steps of a thirtieth. */
const parts = 30;

/** A policy in which nothing is optional any more. */
export type BreakerSettings = Readonly<Record<keyof BreakerPolicy, number>>;

export type CircuitState = 'closed' | 'open' | 'half_open';
/**
 * 'answered': an error that is the caller's own (a 404): it does not count, but shows a probe that the other side lives.
 * 'ignored': says nothing about the other side, such as an abort.
 */
export type AttemptOutcome = 'success' | 'failure' | 'answered' | 'ignored';
/** What an attempt was let through as; handed back with its outcome. */
export type BreakerPass = 'normal' | 'probe';

type State =
  | { readonly is: 'closed' }
  | { readonly is: 'open'; readonly untilMs: number }
  | { readonly is: 'half_open'; readonly probing: boolean };

/** Opens when too large a share of the recent attempts failed, and lets one probe through after a while. */
export class CircuitBreaker {
  readonly #policy: BreakerSettings;
  readonly #onChange: (state: CircuitState) => void;
  readonly #attempts = new Float64Array(parts);
  readonly #failures = new Float64Array(parts);
  #part = 0;
  #state: State = { is: 'closed' };

  constructor(policy: BreakerSettings, onChange: (state: CircuitState) => void) {
    this.#policy = policy;
    this.#onChange = onChange;
  }

  /** The state as a caller would meet it now. */
  state(nowMs: number): CircuitState {
    const state = this.#state;
    return state.is === 'open' && nowMs >= state.untilMs ? 'half_open' : state.is;
  }

  /** When the next attempt may be let through; `nowMs` or less: now. Infinity while a probe is under way. */
  readyAtMs(nowMs: number): number {
    const state = this.#state;
    if (state.is === 'open') return state.untilMs;
    return state.is === 'half_open' && state.probing ? Number.POSITIVE_INFINITY : nowMs;
  }

  /** Lets an attempt through. Only allowed when `readyAtMs(nowMs) <= nowMs`. */
  enter(): BreakerPass {
    if (this.#state.is === 'closed') return 'normal';
    this.#state = { is: 'half_open', probing: true };
    return 'probe';
  }

  record(pass: BreakerPass, outcome: AttemptOutcome, nowMs: number): void {
    if (pass === 'probe') this.#judgeProbe(outcome, nowMs);
    else if (this.#state.is === 'closed') this.#count(outcome, nowMs);
  }

  #judgeProbe(outcome: AttemptOutcome, nowMs: number): void {
    if (outcome === 'ignored') this.#state = { is: 'half_open', probing: false };
    else if (outcome === 'failure') this.#open(nowMs);
    else {
      this.#attempts.fill(0);
      this.#failures.fill(0);
      this.#state = { is: 'closed' };
      this.#onChange('closed');
    }
  }

  #count(outcome: AttemptOutcome, nowMs: number): void {
    if (outcome !== 'success' && outcome !== 'failure') return;
    this.#slide(nowMs);
    const index = this.#part % parts;
    this.#attempts[index] = (this.#attempts[index] ?? 0) + 1;
    if (outcome !== 'failure') return;
    this.#failures[index] = (this.#failures[index] ?? 0) + 1;
    const attempts = this.#attempts.reduce((sum, count) => sum + count, 0);
    const failures = this.#failures.reduce((sum, count) => sum + count, 0);
    if (attempts >= this.#policy.minimumAttempts && failures / attempts >= this.#policy.failureRate) this.#open(nowMs);
  }

  #open(nowMs: number): void {
    this.#state = { is: 'open', untilMs: nowMs + this.#policy.halfOpenAfterMs };
    this.#onChange('open');
  }

  #slide(nowMs: number): void {
    const part = Math.floor(nowMs / (this.#policy.windowMs / parts));
    const passed = Math.min(part - this.#part, parts);
    for (let step = 1; step <= passed; step += 1) {
      this.#attempts[(this.#part + step) % parts] = 0;
      this.#failures[(this.#part + step) % parts] = 0;
    }
    this.#part = part;
  }
}
