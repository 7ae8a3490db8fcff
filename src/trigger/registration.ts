import { toReelflowError } from '../errors/classify-error.js';
import { ReelflowError } from '../errors/reelflow-error.js';
import { Alarm, nowMs } from '../resilience/clock.js';
import { linkSignal } from '../resilience/linked-signal.js';
import type { TriggerOutcome } from './trigger-outcome.js';

export interface TriggerContext<Event = string> {
  readonly event: Event;
  /** Aborts when the trigger is aborted and when the callback's time is up. */
  readonly signal: AbortSignal;
}

/** One registered callback. */
export interface Registration {
  /** Grows with each registration: outcomes come in this order. */
  readonly order: number;
  readonly name: string;
  readonly timeoutMs: number;
  readonly callback: (data: unknown, context: TriggerContext) => unknown;
}

/** Calls a callback in this turn. Resolves with its outcome, whatever it does; after its timeout or the abort, at once. */
export function runCallback(
  { name, timeoutMs, callback }: Registration,
  data: unknown,
  event: string,
  parent: AbortSignal | undefined,
): Promise<TriggerOutcome> {
  const startedAtMs = nowMs();
  const linked = linkSignal(parent);
  return new Promise<TriggerOutcome>((resolve) => {
    const settle = (outcome: { success: true; result: unknown } | { success: false; error: Error }) => {
      alarm.clear();
      linked.signal.removeEventListener('abort', onAbort);
      linked.dispose();
      resolve({ callback: name, ...outcome, durationMs: nowMs() - startedAtMs });
    };
    const fail = (thrown: unknown) => settle({ success: false, error: toError(thrown) });
    const onAbort = () => fail(cancelled(name, event, linked.signal.reason));
    const alarm = new Alarm(() => {
      const error = new ReelflowError(
        'UNEXPECTED',
        `the callback '${name}' of '${event}' did not end within ${timeoutMs} ms`,
      );
      fail(error);
      linked.abort(error);
    });
    if (linked.signal.aborted) {
      onAbort();
      return;
    }
    linked.signal.addEventListener('abort', onAbort, { once: true });
    alarm.set(startedAtMs + timeoutMs);
    try {
      Promise.resolve(callback(data, { event, signal: linked.signal })).then(
        (result) => settle({ success: true, result }),
        fail,
      );
    } catch (thrown) {
      fail(thrown);
    }
  });
}

const toError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : toReelflowError(thrown, 'api'));

const cancelled = (name: string, event: string, reason: unknown): ReelflowError =>
  new ReelflowError('CANCELLED', `the callback '${name}' of '${event}' was aborted`, { cause: reason });
