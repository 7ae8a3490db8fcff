import assert from 'node:assert/strict';
import type { RateLimit } from '../../ports/api-policy.js';
import type { RateLimiter, RateLimitPlace } from '../../ports/rate-limiter.js';
import type { TestFunction } from '../test-function.js';

/** So long that no window ends while a test runs. */
const windowMs = 3_600_000;

/** In whole milliseconds, so that sums of times are exact. */
const nowMs = (): number => Math.floor(performance.now());

/**
 * What every RateLimiter promises, without waiting: windows last an hour, and later moments are only asked about.
 * @param create - makes one without a past, of these limits
 */
export function rateLimiterContract(
  test: TestFunction,
  create: (limits: readonly RateLimit[]) => RateLimiter | Promise<RateLimiter>,
): void {
  test('allows as many starts at once as the limit says, and no more', async () => {
    const limiter = await create([{ calls: 3, windowMs }]);
    const now = nowMs();
    startAll(limiter, now, 3);
    assert.ok(limiter.readyAtMs(now) > now);
  });
  test('frees the place of an attempt that has ended, but not within a window', async () => {
    const limiter = await create([{ calls: 2, windowMs }]);
    const now = nowMs();
    for (const place of startAll(limiter, now, 2)) place.end();
    assert.ok(limiter.readyAtMs(now + 1) >= now + windowMs);
    assert.ok(limiter.readyAtMs(now + windowMs - 1) >= now + windowMs);
    const later = now + 2 * windowMs;
    assert.ok(limiter.readyAtMs(later) <= later);
  });
  test('counts an attempt that has not ended', async () => {
    const limiter = await create([{ calls: 1, windowMs }]);
    const now = nowMs();
    startAll(limiter, now, 1);
    assert.ok(limiter.readyAtMs(now + 10) >= now + windowMs);
  });
  test('takes no place when it is only asked', async () => {
    const limiter = await create([{ calls: 2, windowMs }]);
    const now = nowMs();
    for (let asked = 0; asked < 50; asked += 1) {
      limiter.readyAtMs(now, asked);
      limiter.remaining(now);
    }
    startAll(limiter, now, 2);
  });
  test('says when a start can be made after others', async () => {
    const limiter = await create([{ calls: 3, windowMs }]);
    const now = nowMs();
    startAll(limiter, now, 1);
    const readyAt = [0, 1, 2, 3, 4, 5, 6].map((ahead) => limiter.readyAtMs(now, ahead));
    assert.deepEqual(
      readyAt.map((atMs) => atMs <= now),
      [true, true, false, false, false, false, false],
    );
    assert.deepEqual(
      readyAt,
      readyAt.toSorted((one, other) => one - other),
    );
    assert.ok((readyAt[5] ?? 0) >= now + 2 * windowMs, 'the third round starts two windows later');
  });
  test('holds every window of each of its limits, wherever it starts', async () => {
    const limits = [
      { calls: 3, windowMs: 60_000 },
      { calls: 7, windowMs },
    ];
    const limiter = await create(limits);
    const starts = startWheneverAllowed(limiter, 40);
    for (const { calls, windowMs: lengthMs } of limits) {
      for (const startMs of starts) {
        const inWindow = starts.filter((other) => other >= startMs && other < startMs + lengthMs).length;
        assert.ok(inWindow <= calls, `${inWindow} starts in ${lengthMs} ms, ${calls} are allowed`);
      }
    }
  });
  test('counts earlier starts under limits that are set later', async () => {
    const limiter = await create([{ calls: 3, windowMs }]);
    const now = nowMs();
    startAll(limiter, now, 3);
    limiter.setLimits([]);
    assert.ok(limiter.readyAtMs(now) <= now);
    startAll(limiter, now, 1);
    limiter.setLimits([{ calls: 4, windowMs }]);
    assert.ok(limiter.readyAtMs(now) > now);
    limiter.setLimits([{ calls: 5, windowMs }]);
    startAll(limiter, now, 1);
    limiter.setLimits([{ calls: 5, windowMs: 2 * windowMs }]);
    assert.ok(limiter.readyAtMs(now) >= now + 2 * windowMs);
  });
  test('says what remains under the tightest limit', async () => {
    const limiter = await create([
      { calls: 10, windowMs },
      { calls: 2, windowMs: windowMs / 2 },
    ]);
    const now = nowMs();
    assert.deepEqual(left(limiter, now), { remaining: 2, limit: 2 });
    startAll(limiter, now, 1);
    assert.deepEqual(left(limiter, now), { remaining: 1, limit: 2 });
    startAll(limiter, now, 1);
    assert.deepEqual(left(limiter, now), { remaining: 0, limit: 2 });
    assert.ok((limiter.remaining(now)?.nextFreeAtMs ?? 0) > now);
  });
  test('has nothing to tell without a limit', async () => {
    const limiter = await create([]);
    const now = nowMs();
    startAll(limiter, now, 100);
    assert.equal(limiter.remaining(now), null);
    assert.ok(limiter.readyAtMs(now, 1000) <= now);
  });
}

/** Starts so many attempts, each when it is allowed. */
function startAll(limiter: RateLimiter, atMs: number, count: number): RateLimitPlace[] {
  return Array.from({ length: count }, (_, index) => {
    assert.ok(limiter.readyAtMs(atMs) <= atMs, `start ${index + 1} of ${count} is not allowed`);
    return limiter.start(atMs);
  });
}

/** The moments of starts that are made as soon as each is allowed. None of them ends: only the limiter's word counts. */
function startWheneverAllowed(limiter: RateLimiter, count: number): number[] {
  const starts: number[] = [];
  let atMs = nowMs();
  for (let asked = 0; starts.length < count; asked += 1) {
    assert.ok(asked < 100 * count, 'no start is ever allowed again');
    const readyAtMs = limiter.readyAtMs(atMs);
    if (readyAtMs <= atMs) {
      limiter.start(atMs);
      starts.push(atMs);
    } else atMs = readyAtMs;
  }
  return starts;
}

function left(limiter: RateLimiter, atMs: number): { remaining: number; limit: number } | null {
  const found = limiter.remaining(atMs);
  return found === null ? null : { remaining: found.remaining, limit: found.limit };
}
