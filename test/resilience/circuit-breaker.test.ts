import { describe, expect, test } from 'vitest';
import { CircuitBreaker, type CircuitState } from '../../src/resilience/circuit-breaker.js';

function breaker(failureRate = 0.5, minimumAttempts = 4) {
  const changes: CircuitState[] = [];
  const policy = { failureRate, minimumAttempts, windowMs: 30_000, halfOpenAfterMs: 10_000 };
  const made = new CircuitBreaker(policy, (state) => changes.push(state));
  const record = (outcome: 'success' | 'failure' | 'answered' | 'ignored', atMs: number) =>
    made.record(made.enter(), outcome, atMs);
  return { made, changes, record };
}

describe('the circuit breaker', () => {
  test('needs the minimum of attempts and the rate, both', () => {
    const few = breaker();
    for (const atMs of [1, 2, 3]) few.record('failure', atMs);
    expect(few.made.state(3)).toBe('closed');
    few.record('failure', 4);
    expect(few.made.state(4)).toBe('open');

    const seldom = breaker(0.75);
    for (const outcome of ['success', 'success', 'failure', 'failure', 'failure'] as const) seldom.record(outcome, 1);
    expect(seldom.made.state(1)).toBe('closed');
    for (const _ of [1, 2, 3]) seldom.record('failure', 1);
    expect(seldom.made.state(1)).toBe('open');
    expect(seldom.changes).toEqual(['open']);
  });

  test('slides its window: what is older than 30 s is gone, what is younger than 29 s is not', () => {
    const young = breaker();
    for (const atMs of [100_000, 100_100, 100_200]) young.record('failure', atMs);
    young.record('failure', 128_900);
    expect(young.made.state(128_900)).toBe('open');

    const old = breaker();
    for (const atMs of [100_000, 100_100, 100_200]) old.record('failure', atMs);
    old.record('failure', 131_000);
    expect(old.made.state(131_000)).toBe('closed');
  });

  test('forgets everything over a long silence', () => {
    const { made, record } = breaker();
    for (const atMs of [1, 2, 3]) record('failure', atMs);
    record('failure', 86_400_000);
    expect(made.state(86_400_000)).toBe('closed');
  });

  test('is open for its time, then lets one through', () => {
    const { made, record } = breaker();
    for (const _ of [1, 2, 3, 4]) record('failure', 1000);
    expect(made.readyAtMs(5000)).toBe(11_000);
    expect([made.state(10_999), made.state(11_000)]).toEqual(['open', 'half_open']);
    expect(made.readyAtMs(11_000)).toBeLessThanOrEqual(11_000);
    expect(made.enter()).toBe('probe');
    expect(made.readyAtMs(12_000)).toBe(Number.POSITIVE_INFINITY);
  });

  test('does not hear attempts that began before it opened', () => {
    const { made, changes, record } = breaker();
    const early = made.enter();
    for (const _ of [1, 2, 3, 4]) record('failure', 1000);
    made.record(early, 'success', 1001);
    made.record(early, 'failure', 1002);
    expect(made.state(1002)).toBe('open');
    expect(changes).toEqual(['open']);
  });

  test('begins to count anew once it has closed', () => {
    const { made, changes, record } = breaker();
    for (const _ of [1, 2, 3, 4]) record('failure', 1000);
    record('success', 11_000);
    for (const _ of [1, 2, 3]) record('failure', 11_001);
    expect(made.state(11_001)).toBe('closed');
    expect(changes).toEqual(['open', 'closed']);
  });

  test('opens again after a failed probe, for the whole time', () => {
    const { made, changes, record } = breaker();
    for (const _ of [1, 2, 3, 4]) record('failure', 1000);
    record('failure', 11_500);
    expect(made.readyAtMs(12_000)).toBe(21_500);
    expect(changes).toEqual(['open', 'open']);
  });
});
