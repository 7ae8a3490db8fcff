import type { StepReport, WorkflowResult } from '../domain/workflow-run.js';
import { toReelflowError } from '../errors/classify-error.js';
import type { ReelflowError } from '../errors/reelflow-error.js';
import type {
  CallScope,
  Instrumentation,
  InstrumentedCall,
  InstrumentedRun,
  InstrumentedScope,
  InstrumentedSearch,
  InstrumentedStep,
  SearchScope,
} from '../ports/instrumentation.js';
import type { Logger } from '../ports/logger.js';

/** Calls a hook of the host's. @returns undefined when it threw, or answered later than at once */
type Guard = <Answer>(hook: string, call: () => Answer) => Answer | undefined;

/** A host's scope that can neither throw, nor swallow the work, nor do it twice. */
export class GuardedScope<Outcome = void, Scope extends InstrumentedScope<Outcome> = InstrumentedScope<Outcome>> {
  protected readonly scope: Scope;
  protected readonly guard: Guard;

  constructor(scope: Scope, guard: Guard) {
    this.scope = scope;
    this.guard = guard;
  }

  /** Does the work once, inside the scope if that lets it. @throws what the work throws, and nothing else */
  run<T>(work: () => T): T {
    let outcome: (() => T) | undefined;
    this.guard('run', () =>
      this.scope.run(() => {
        outcome ??= settled(work);
      }),
    );
    outcome ??= settled(work);
    return outcome();
  }

  /** Does work whose end is the scope's end. */
  async around(work: () => Promise<Outcome>): Promise<Outcome> {
    try {
      const outcome = await this.run(work);
      this.succeed(outcome);
      return outcome;
    } catch (thrown) {
      this.fail(toReelflowError(thrown, 'api'));
      throw thrown;
    }
  }

  succeed(outcome: Outcome): void {
    this.guard('succeed', () => this.scope.succeed(outcome));
  }

  fail(error: ReelflowError): void {
    this.guard('fail', () => this.scope.fail(error));
  }
}

export class GuardedSearch extends GuardedScope<WorkflowResult, SearchScope> {
  accepted(run: { readonly workflowId: string; readonly coalesced: boolean }): void {
    this.guard('accepted', () => this.scope.accepted?.(run));
  }
}

export class GuardedCall extends GuardedScope<void, CallScope> {
  startAttempt(attempt: number): GuardedScope | undefined {
    const scope = this.guard('startAttempt', () => this.scope.startAttempt?.(attempt));
    return scope === undefined ? undefined : new GuardedScope(scope, this.guard);
  }

  waiting(wait: { readonly waitMs: number; readonly resetAtMs: number }): void {
    this.guard('waiting', () => this.scope.waiting?.(wait));
  }

  retrying(retry: { readonly attempt: number; readonly delayMs: number; readonly error: ReelflowError }): void {
    this.guard('retrying', () => this.scope.retrying?.(retry));
  }
}

/** A host's instrumentation that cannot hurt what it watches. Each hook's first failure is logged. */
export class GuardedInstrumentation {
  readonly #instrumentation: Instrumentation;
  readonly #logger: Logger;
  readonly #told = new Set<string>();
  readonly #guard: Guard = (hook, call) => {
    try {
      const answer = call();
      if (!(answer instanceof Promise)) return answer;
      answer.catch((thrown: unknown) => this.#tell(hook, thrown)); // an async function fits some types too
    } catch (thrown) {
      this.#tell(hook, thrown);
    }
    return undefined;
  };

  constructor(instrumentation: Instrumentation, logger: Logger) {
    this.#instrumentation = instrumentation;
    this.#logger = logger;
  }

  startSearch(search: InstrumentedSearch): GuardedSearch | undefined {
    const scope = this.#guard('startSearch', () => this.#instrumentation.startSearch?.(search));
    return scope === undefined ? undefined : new GuardedSearch(scope, this.#guard);
  }

  startRun(run: InstrumentedRun): GuardedScope<WorkflowResult> | undefined {
    const scope = this.#guard('startRun', () => this.#instrumentation.startRun?.(run));
    return scope === undefined ? undefined : new GuardedScope(scope, this.#guard);
  }

  startStep(step: InstrumentedStep): GuardedScope<StepReport> | undefined {
    const scope = this.#guard('startStep', () => this.#instrumentation.startStep?.(step));
    return scope === undefined ? undefined : new GuardedScope(scope, this.#guard);
  }

  startCall(call: InstrumentedCall): GuardedCall | undefined {
    const scope = this.#guard('startCall', () => this.#instrumentation.startCall?.(call));
    return scope === undefined ? undefined : new GuardedCall(scope, this.#guard);
  }

  #tell(hook: string, thrown: unknown): void {
    if (this.#told.has(hook)) return;
    this.#told.add(hook);
    const { message } = toReelflowError(thrown, 'api');
    this.#logger.error({ hook, error: message }, `the instrumentation's hook '${hook}' failed: ${message}`);
  }
}

/** How the work ended, to be told to whoever asked for it. */
function settled<T>(work: () => T): () => T {
  try {
    const value = work();
    return () => value;
  } catch (thrown) {
    return () => {
      throw thrown;
    };
  }
}
