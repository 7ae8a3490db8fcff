import type { ErrorCode } from '../../errors/error-code.js';

type Fails = (...parameters: never[]) => Promise<unknown> | AsyncIterable<unknown>;

/** The methods of a port that can be made to fail: those that give a promise or an async iterable. */
export type FaultyMethod<Port> = {
  [Name in keyof Port & string]-?: Port[Name] extends Fails | undefined ? Name : never;
}[keyof Port & string];

/**
 * What goes wrong, and at which calls: at all to which `method`, `call` and `chance` apply. First the delay, then the
 * hang or the error.
 */
export interface Fault<Method extends string = string> {
  /** Only calls of this method. @default of every method but `close`: a test must be able to clean up */
  readonly method?: Method;
  /** Only the n-th call from 1 on: of the method when it is named, else of all. @default every call */
  readonly call?: number;
  /** Only with this probability, 0 to 1. @default 1 */
  readonly chance?: number;
  /** Makes the same chances fall again. @default 1 */
  readonly seed?: number;
  /** 'after': the real call took effect, and its answer is lost. @default 'before': it never happens */
  readonly when?: 'before' | 'after';
  /** By setTimeout: fake timers move it. It hears the call's signal. */
  readonly delayMs?: number;
  /** Until the call's signal aborts; without a signal, forever. */
  readonly hang?: boolean;
  /** A code, for a ReelflowError of it, or what is thrown as it is. */
  readonly error?: ErrorCode | Error;
}

/** A fault that was played. */
export interface InjectedFault {
  readonly method: string;
  /** The how manieth call it was: of its method, and of all. */
  readonly call: number;
  readonly callOfAll: number;
  readonly fault: Fault;
}

/** The faults of a port, and what became of them. It can be changed while a test runs. */
export interface FaultPlan<Method extends string = string> {
  /** Calls so far, by method. */
  readonly calls: Readonly<Record<string, number>>;
  /** Calls so far of all methods but `close`: what `call` counts when no method is named. */
  readonly total: number;
  /** What was injected, oldest first. */
  readonly injected: readonly InjectedFault[];
  /** More faults, from the next call on. @throws INVALID_OPTIONS for a fault that could never strike */
  add(...faults: ReadonlyArray<Fault<Method>>): void;
  /** No more faults, from the next call on: the outage is over. */
  clear(): void;
}
