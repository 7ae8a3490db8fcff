import type { CallKind } from '../errors/classify-error.js';
import type { ErrorCode } from '../errors/error-code.js';
import { redact } from '../errors/redact.js';
import type { ReelflowError } from '../errors/reelflow-error.js';
import type { ApiPolicy, Jitter } from '../ports/api-policy.js';
import type { CallContext } from '../ports/call-context.js';
import { guardLogger } from '../ports/guard-logger.js';
import type { Logger } from '../ports/logger.js';
import { Ring } from '../resilience/ring.js';
import type { SlidingLogOptions } from '../resilience/sliding-log.js';
import { SpendBudget } from '../resilience/spend-budget.js';
import { Timetable } from '../resilience/timetable.js';
import { Call, type CallEnvironment, type CallOutcome } from './call.js';
import { closed } from './call-errors.js';
import type { ApiCallOptions, CallOptions } from './call-options.js';
import type { CallRecord } from './call-record.js';
import type { CallResult, OperationResult } from './call-result.js';
import { Channel } from './channel.js';
import { Channels } from './channels.js';
import { checkCall, checkCoordinatorOptions, checkName, checkOption, checkPolicy } from './check-options.js';
import { collectStatistics } from './collect-statistics.js';
import type { CoordinatorEvent, CoordinatorListener } from './coordinator-event.js';
import type { CoordinatorOptions } from './coordinator-options.js';
import type { AttemptDurations, CoordinatorStatistics } from './coordinator-statistics.js';
import { GuardedInstrumentation } from './guarded-instrumentation.js';
import { logCoordinatorEvent } from './log-event.js';
import type { Quota } from './quota.js';
import { builtIn, type HostSettings, resolveApiPolicy, resolveDatabasePolicy } from './resolved-policy.js';

const historySize = 1000;
/** One for all calls without any: thousands may wait. */
const noOptions: ApiCallOptions = Object.freeze({});

/**
 * Makes calls to APIs and databases with retries, exact limits, pacing, a circuit breaker and timeouts, and counts them.
 * Operational failures are returned, never thrown. Throws INVALID_OPTIONS for bad options and INVALID_INPUT for a call
 * that cannot be made (no name, no function).
 */
export class AutomatedCoordinator {
  readonly #log: SlidingLogOptions;
  readonly #logger: Logger;
  readonly #environment: CallEnvironment;
  readonly #budget: SpendBudget;
  readonly #instrumentation: GuardedInstrumentation | undefined;
  readonly #listeners = new Set<CoordinatorListener>();
  readonly #configured = new Map<string, ApiPolicy>();
  readonly #clientPolicies = new Map<string, ApiPolicy>();
  readonly #apis: Channels;
  readonly #operations: Channels;
  readonly #history = new Ring<Omit<CallRecord, 'startedAt'> & { readonly startedAtMs: number }>(historySize);
  readonly #running = new Set<{ stop(error: ReelflowError): void }>();
  #host: HostSettings;
  #closed = false;

  constructor(options: CoordinatorOptions = {}) {
    checkCoordinatorOptions(options);
    const { maxRetries, retryDelayMs, exponentialBackoff, maxRetryDelayMs, jitter } = options;
    const { rateLimitWindowMs, maxCallsPerWindow, timeoutMs, guardMs = 1, skewMs = 250 } = options;
    this.#host = {
      maxRetries,
      retryDelayMs,
      exponentialBackoff,
      maxRetryDelayMs,
      jitter,
      rateLimitWindowMs,
      maxCallsPerWindow,
      timeoutMs,
    };
    this.#log = { guardMs, skewMs };
    this.#logger = guardLogger(options.logger);
    const { instrumentation } = options;
    if (instrumentation !== undefined)
      this.#instrumentation = new GuardedInstrumentation(instrumentation, this.#logger);
    const emit = (event: CoordinatorEvent) => this.#emit(event);
    this.#budget = new SpendBudget(options.budget ?? {}, (exhausted) =>
      emit({ type: 'budget_exhausted', ...exhausted }),
    );
    this.#environment = {
      budget: this.#budget,
      timetable: new Timetable(),
      random: options.random ?? Math.random,
      emit,
    };
    this.#apis = new Channels((name) => this.#newChannel(name, 'api'));
    this.#operations = new Channels((name) => this.#newChannel(name, 'database'));
  }

  /** Attempts after the first. @default 3 */
  get maxRetries(): number {
    return this.#host.maxRetries ?? builtIn.maxRetries;
  }
  set maxRetries(value: number) {
    this.#set('maxRetries', value);
  }

  /** Wait before the first retry, in milliseconds. @default 2000 */
  get retryDelayMs(): number {
    return this.#host.retryDelayMs ?? builtIn.retryDelayMs;
  }
  set retryDelayMs(value: number) {
    this.#set('retryDelayMs', value);
  }

  /** Doubles the wait after each attempt. @default true */
  get exponentialBackoff(): boolean {
    return this.#host.exponentialBackoff ?? builtIn.exponentialBackoff;
  }
  set exponentialBackoff(value: boolean) {
    this.#set('exponentialBackoff', value);
  }

  /** The longest wait between attempts, in milliseconds. @default 60000 */
  get maxRetryDelayMs(): number {
    return this.#host.maxRetryDelayMs ?? builtIn.maxRetryDelayMs;
  }
  set maxRetryDelayMs(value: number) {
    this.#set('maxRetryDelayMs', value);
  }

  /** @default 'none' */
  get jitter(): Jitter {
    return this.#host.jitter ?? builtIn.jitter;
  }
  set jitter(value: Jitter) {
    this.#set('jitter', value);
  }

  /** The window of an API without limits of its own, in milliseconds. @default 60000 */
  get rateLimitWindowMs(): number {
    return this.#host.rateLimitWindowMs ?? builtIn.rateLimitWindowMs;
  }
  set rateLimitWindowMs(value: number) {
    this.#set('rateLimitWindowMs', value);
  }

  /** Starts in that window. @default 15 */
  get maxCallsPerWindow(): number {
    return this.#host.maxCallsPerWindow ?? builtIn.maxCallsPerWindow;
  }
  set maxCallsPerWindow(value: number) {
    this.#set('maxCallsPerWindow', value);
  }

  /** Time for one attempt, in milliseconds. @default 10000 */
  get timeoutMs(): number {
    return this.#host.timeoutMs ?? builtIn.timeoutMs;
  }
  set timeoutMs(value: number) {
    this.#set('timeoutMs', value);
  }

  /** Sets the policy of one API, whole: it wins, field by field, over the options and the client's own. */
  configureApi(apiName: string, policy: ApiPolicy): void {
    checkName('apiName', apiName);
    checkPolicy(`the policy of '${apiName}'`, policy);
    this.#configured.set(apiName, structuredClone(policy));
    this.#apis.get(apiName).configure(this.#apiPolicy(apiName));
  }

  /** Takes over what a client knows of its provider: the weakest word before what is built in. */
  registerDefaultPolicy(apiName: string, policy: ApiPolicy): void {
    checkName('apiName', apiName);
    checkPolicy(`the defaultPolicy of '${apiName}'`, policy);
    this.#clientPolicies.set(apiName, structuredClone(policy));
    this.#apis.get(apiName).configure(this.#apiPolicy(apiName));
  }

  /** Calls an API. Each attempt gets `{ signal, attempt, reportQuota, reportSpend }`. */
  coordinateApiCall<T>(
    apiName: string,
    fn: (context: CallContext) => Promise<T> | T,
    options: ApiCallOptions = noOptions,
  ): Promise<CallResult<T>> {
    return new Promise((resolve) => {
      checkName('apiName', apiName);
      checkCall(fn, options);
      this.#run(this.#apis.get(apiName), fn, options, (outcome) => resolve({ api: apiName, ...outcome }));
    });
  }

  /** Runs a database operation: retried like a call, with neither limits nor a timeout of the attempt. */
  coordinateDbOperation<T>(
    operationName: string,
    fn: (context: CallContext) => Promise<T> | T,
    options: CallOptions = noOptions,
  ): Promise<OperationResult<T>> {
    return new Promise((resolve) => {
      checkName('operationName', operationName);
      checkCall(fn, options);
      const end = (outcome: CallOutcome<T>) => resolve({ operation: operationName, ...outcome });
      this.#run(this.#operations.get(operationName), fn, options, end);
    });
  }

  /** What is left of the tightest limit of an API; its full limits when it was never called. */
  remainingQuota(apiName: string): Quota {
    checkName('apiName', apiName);
    return (this.#apis.find(apiName) ?? this.#newChannel(apiName, 'api')).quota();
  }

  /** The last 1,000 calls and operations, newest last. */
  callHistory(): CallRecord[] {
    return this.#history
      .toArray()
      .map(({ startedAtMs, ...record }) => ({ ...record, startedAt: new Date(startedAtMs).toISOString() }));
  }

  getStatistics(): CoordinatorStatistics {
    return collectStatistics(this.#apis.all(), this.#operations.all(), this.#budget.spent());
  }

  /** Durations of attempts at each API and operation by upper bounds, in milliseconds and ascending. */
  attemptDurations(boundsMs: readonly number[]): AttemptDurations {
    const read = (channels: readonly Channel[]) =>
      Object.fromEntries(channels.map(({ name, counters }) => [name, counters.durations(boundsMs)]));
    return { byApi: read(this.#apis.all()), byOperation: read(this.#operations.all()) };
  }

  /** Hears what happens, as it happens. A listener that throws is logged and stays. @returns unsubscribe */
  subscribe(listener: CoordinatorListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Ends every call and wait with CLOSED, and refuses new ones. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const call of [...this.#running]) call.stop(closed());
    for (const { gate } of [...this.#apis.all(), ...this.#operations.all()]) gate.close();
  }

  #run<T>(
    channel: Channel,
    fn: (context: CallContext) => Promise<T> | T,
    options: ApiCallOptions,
    end: (outcome: CallOutcome<T>) => void,
  ): void {
    const startedAtMs = Date.now();
    const scope = this.#instrumentation?.startCall({
      kind: channel.kind,
      name: channel.name,
      workflowId: options.workflowId,
    });
    const call = new Call(channel, fn, options, this.#environment, scope, (outcome) => {
      this.#running.delete(call);
      if (outcome.success) scope?.succeed();
      else scope?.fail(outcome.error);
      const code: ErrorCode | null = outcome.success ? null : outcome.error.code;
      channel.counters.called(code);
      const { success, attempts, durationMs } = outcome;
      const kind = channel.kind === 'api' ? 'api' : 'operation';
      this.#history.push({ kind, name: channel.name, startedAtMs, success, code, attempts, durationMs });
      end(outcome);
    });
    if (this.#closed) call.stop(closed());
    this.#running.add(call);
    if (scope === undefined) call.start();
    else scope.run(() => call.start());
  }

  #set<Name extends keyof HostSettings>(name: Name, value: HostSettings[Name]): void {
    checkOption[name](value ?? null);
    this.#host = { ...this.#host, [name]: value };
    for (const channel of this.#apis.all()) channel.configure(this.#apiPolicy(channel.name));
    for (const channel of this.#operations.all()) channel.configure(resolveDatabasePolicy(this.#host));
  }

  #apiPolicy(name: string) {
    return resolveApiPolicy(this.#configured.get(name) ?? {}, this.#host, this.#clientPolicies.get(name) ?? {});
  }

  #newChannel(name: string, kind: CallKind): Channel {
    const policy = kind === 'api' ? this.#apiPolicy(name) : resolveDatabasePolicy(this.#host);
    return new Channel(name, kind, policy, this.#environment.emit, this.#log);
  }

  #emit(event: CoordinatorEvent): void {
    logCoordinatorEvent(this.#logger, event);
    const threw = (error: unknown) =>
      this.#logger.error({ event: event.type, error: redact(String(error)) }, 'a listener of the coordinator threw');
    for (const listener of this.#listeners) {
      try {
        const returned: unknown = listener(event); // an async function fits the type of a listener too
        if (returned instanceof Promise) returned.catch(threw);
      } catch (error) {
        threw(error);
      }
    }
  }
}
