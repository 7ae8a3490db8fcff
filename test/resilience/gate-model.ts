import { vi } from 'vitest';
import type { Priority } from '../../src/domain/workflow-run.js';
import type { ReelflowError } from '../../src/errors/reelflow-error.js';
import type { RateLimit } from '../../src/ports/api-policy.js';
import { Gate, type GatePass, type GateWaiter } from '../../src/resilience/gate.js';

/** One thing that happens to the gate, some milliseconds after the one before. */
export type GateEvent = { readonly afterMs: number } & (
  | { readonly kind: 'arrive'; readonly priority: Priority; readonly takesMs: number }
  | { readonly kind: 'abort'; readonly pick: number }
  | { readonly kind: 'pause'; readonly forMs: number }
  | { readonly kind: 'limits'; readonly limits: readonly RateLimit[] }
);

interface Start {
  readonly atMs: number;
  readonly arrival: number;
  readonly priority: Priority;
  /** Limits in force at the start. */
  readonly limits: readonly RateLimit[];
  readonly pausedUntilMs: number;
  /** Background waiters left behind by this start. */
  readonly backgroundWaiting: number;
}

export interface GateRun {
  readonly starts: readonly Start[];
  /** Arrivals that were aborted while they waited. */
  readonly aborted: ReadonlySet<number>;
  readonly refused: readonly ReelflowError[];
}

const longEnoughMs = 10_000_000;

/** Plays events against a gate on fake time, until everybody has started, left or been refused. */
export function playGate(
  limits: readonly RateLimit[],
  events: readonly GateEvent[],
  skip: ReadonlySet<number> = new Set(),
): GateRun {
  const gate = new Gate('api', { limits, pace: null, concurrency: Number.POSITIVE_INFINITY });
  const starts: Start[] = [];
  const refused: ReelflowError[] = [];
  const aborted = new Set<number>();
  const waiting = new Map<number, GateWaiter>();
  let inForce = limits;
  let pausedUntilMs = Number.NEGATIVE_INFINITY;
  let arrivals = 0;

  const arrive = (priority: Priority, takesMs: number) => {
    const arrival = arrivals;
    arrivals += 1;
    if (skip.has(arrival)) return;
    const waiter: GateWaiter = {
      priority,
      deadlineAtMs: Number.POSITIVE_INFINITY,
      admit: () => null,
      onWait: () => undefined,
      refuse: (error) => refused.push(error),
      start: (pass: GatePass) => {
        waiting.delete(arrival);
        const backgroundWaiting = [...waiting.values()].filter((other) => other.priority === 'background').length;
        starts.push({ atMs: performance.now(), arrival, priority, limits: inForce, pausedUntilMs, backgroundWaiting });
        if (takesMs === 0) pass.end();
        else setTimeout(() => pass.end(), takesMs);
      },
    };
    waiting.set(arrival, waiter);
    gate.enter(waiter);
  };

  for (const event of events) {
    vi.advanceTimersByTime(event.afterMs);
    if (event.kind === 'arrive') arrive(event.priority, event.takesMs);
    if (event.kind === 'pause') {
      pausedUntilMs = Math.max(pausedUntilMs, performance.now() + event.forMs);
      gate.pause(performance.now() + event.forMs);
    }
    if (event.kind === 'limits') {
      inForce = event.limits;
      gate.configure({ limits: event.limits, pace: null, concurrency: Number.POSITIVE_INFINITY });
    }
    if (event.kind === 'abort') {
      const chosen = [...waiting][event.pick % Math.max(1, waiting.size)];
      if (chosen === undefined) continue;
      waiting.delete(chosen[0]);
      aborted.add(chosen[0]);
      gate.leave(chosen[1]);
    }
  }
  const startedAtMs = performance.now();
  while (waiting.size > 0 && performance.now() - startedAtMs < longEnoughMs) vi.advanceTimersToNextTimer();
  return { starts, aborted, refused };
}
