import { ReelflowError } from '../../errors/reelflow-error.js';
import { wait } from '../wait.js';
import { checkFault } from './check-fault.js';
import type { Fault, FaultPlan, InjectedFault } from './fault.js';
import { seededRandom } from './seeded-random.js';

/** One call of the port, with the faults that strike it. */
export interface StruckCall {
  strike(when: 'before' | 'after', signal: AbortSignal | undefined): Promise<void>;
}

interface Planned {
  readonly fault: Fault;
  readonly random: () => number;
}

/** Counts the calls of a port, and draws and plays their faults. */
export class PlannedFaults<Method extends string = string> implements FaultPlan<Method> {
  readonly #port: object;
  readonly #calls = new Map<string, number>();
  readonly #injected: InjectedFault[] = [];
  #planned: Planned[] = [];
  #total = 0;

  constructor(port: object, faults: ReadonlyArray<Fault<Method>>) {
    this.#port = port;
    this.add(...faults);
  }

  get calls(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#calls);
  }

  get total(): number {
    return this.#total;
  }

  get injected(): readonly InjectedFault[] {
    return [...this.#injected];
  }

  add(...faults: ReadonlyArray<Fault<Method>>): void {
    for (const fault of faults) checkFault(this.#port, fault);
    this.#planned.push(...faults.map((fault) => ({ fault, random: seededRandom(fault.seed ?? 1) })));
  }

  clear(): void {
    this.#planned = [];
  }

  /** Counts a call, and draws its faults. */
  enter(method: string): StruckCall {
    const call = (this.#calls.get(method) ?? 0) + 1;
    this.#calls.set(method, call);
    if (method !== 'close') this.#total += 1;
    const callOfAll = this.#total;
    const faults = this.#planned
      .filter(({ fault }) => applies(fault, method, call, callOfAll))
      .filter(({ fault, random }) => fault.chance === undefined || random() < fault.chance)
      .map(({ fault }) => fault);
    return {
      strike: async (when, signal) => {
        for (const fault of faults.filter((one) => (one.when ?? 'before') === when)) {
          this.#injected.push({ method, call, callOfAll, fault });
          await play(fault, signal, `${method}, call ${call}, ${when} it took effect`);
        }
      },
    };
  }
}

function applies(fault: Fault, method: string, call: number, callOfAll: number): boolean {
  if (fault.method === undefined) {
    return method !== 'close' && (fault.call === undefined || fault.call === callOfAll);
  }
  return fault.method === method && (fault.call === undefined || fault.call === call);
}

async function play({ delayMs, hang, error }: Fault, signal: AbortSignal | undefined, where: string): Promise<void> {
  if (delayMs !== undefined) await wait(delayMs, signal);
  if (hang === true) await wait(undefined, signal);
  if (typeof error === 'string') throw new ReelflowError(error, `injected: ${where}`);
  if (error !== undefined) throw error;
}
