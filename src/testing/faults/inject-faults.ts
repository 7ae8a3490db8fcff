import { ReelflowError } from '../../errors/reelflow-error.js';
import type { Fault, FaultPlan, FaultyMethod } from './fault.js';
import { PlannedFaults } from './planned-faults.js';

/** The methods of our ports that give an async iterable: they fail when they are iterated. */
const streams: ReadonlySet<string> = new Set(['catalogue', 'read']);
/** The methods of our ports and fakes that give no promise: they pass through, uncounted. */
const synchronous: ReadonlySet<string> = new Set([
  'estimateSpend',
  'index',
  'learn',
  'onSearch',
  'onDetails',
  'onAnalyze',
]);

export interface FaultyPort<Port extends object> {
  /** Stands for the port that was given; everything but the faults is the port's own. */
  readonly port: Port;
  readonly faults: FaultPlan<FaultyMethod<Port>>;
}

/**
 * Wraps a port (a client, a repository, a cache, ...) so that calls of it fail, are late or never come back, as told:
 * `injectFaults(repository, { method: 'apply', call: 2, error: 'DB_CONNECTION', when: 'after' })`. It counts the calls:
 * a run without faults says how many there are to fail, one by one.
 * @throws INVALID_OPTIONS for a fault that could never strike
 */
export function injectFaults<Port extends object>(
  port: Port,
  ...faults: ReadonlyArray<Fault<FaultyMethod<Port>>>
): FaultyPort<Port> {
  const plan = new PlannedFaults<FaultyMethod<Port>>(port, faults);
  const shell: Port = Object.create(port); // of its own, so that a frozen port can be wrapped as well
  return { port: new Proxy(shell, new FaultHandler(port, plan)), faults: plan };
}

class FaultHandler<Port extends object> implements ProxyHandler<Port> {
  readonly #port: Port;
  readonly #plan: PlannedFaults;

  constructor(port: Port, plan: PlannedFaults) {
    this.#port = port;
    this.#plan = plan;
  }

  /** Everything runs on the port itself: a proxy has no private fields. */
  get(_shell: Port, name: string | symbol): unknown {
    const value: unknown = Reflect.get(this.#port, name);
    if (typeof value !== 'function' || name === 'constructor') return value;
    const call = (parameters: unknown[]): unknown => Reflect.apply(value, this.#port, parameters);
    if (typeof name === 'symbol' || synchronous.has(name)) return (...parameters: unknown[]) => call(parameters);
    return streams.has(name)
      ? (...parameters: unknown[]) => this.#iterate(name, parameters, call)
      : (...parameters: unknown[]) => this.#settle(name, parameters, call);
  }

  set(_shell: Port, name: string | symbol, value: unknown): boolean {
    return Reflect.set(this.#port, name, value);
  }

  async #settle(name: string, parameters: unknown[], call: (parameters: unknown[]) => unknown): Promise<unknown> {
    const struck = this.#plan.enter(name);
    const signal = signalOf(parameters);
    await struck.strike('before', signal);
    const answer = await call(parameters);
    await struck.strike('after', signal);
    return answer;
  }

  async *#iterate(name: string, parameters: unknown[], call: (parameters: unknown[]) => unknown) {
    const struck = this.#plan.enter(name);
    await struck.strike('before', undefined);
    const values = call(parameters);
    if (!isIterable(values)) throw new ReelflowError('UNEXPECTED', `${name} gave nothing that can be iterated`);
    yield* values;
    await struck.strike('after', undefined);
  }
}

const isIterable = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

/** The signal among the parameters of a call: in its context or its options. */
function signalOf(parameters: readonly unknown[]): AbortSignal | undefined {
  for (const parameter of parameters) {
    if (typeof parameter !== 'object' || parameter === null) continue;
    const signal: unknown = Reflect.get(parameter, 'signal');
    if (signal instanceof AbortSignal) return signal;
  }
  return undefined;
}
