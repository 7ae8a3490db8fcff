// Retries, limits, pacing, breaker and budget: what can be set, and what it does.
import { AutomatedCoordinator, ReelflowError } from 'reelflow';

const coordinator = new AutomatedCoordinator({
  maxRetries: 2,
  retryDelayMs: 100, // 100 ms, then 200 ms
  maxCallsPerWindow: 5,
  rateLimitWindowMs: 1000,
  budget: { usdPerDay: 1 },
  logger: {
    debug: (_fields, message) => console.log(message),
    info: (_fields, message) => console.log(message),
    warn: (_fields, message) => console.log(message),
    error: (_fields, message) => console.log(message),
  },
});

// Fails twice, then succeeds: one call, three attempts.
const flaky = await coordinator.coordinateApiCall('twitter', async ({ attempt }) => {
  if (attempt < 3) throw new ReelflowError('API_UNAVAILABLE', 'try later');
  return `answered at attempt ${attempt}`;
});
console.log(flaky.success ? flaky.result : flaky.error.code, `(${flaky.attempts} attempts)`);

// Two of five places are left: the other four calls wait for the window, in order.
console.log('left:', coordinator.remainingQuota('twitter').remaining);
await Promise.all(Array.from({ length: 6 }, () => coordinator.coordinateApiCall('twitter', () => 'ok')));

// Changed while it runs: acts from the next call on.
coordinator.maxCallsPerWindow = 50;
console.log('left now:', coordinator.remainingQuota('twitter').remaining);

// One API with rules of its own, several limits at once.
coordinator.configureApi('subtitles', {
  limits: [
    { calls: 40, windowMs: 10_000 },
    { calls: 1000, windowMs: 86_400_000 },
  ],
  pace: { calls: 10, perMs: 1000 },
  concurrency: 4,
  timeoutMs: 3000,
  retry: { maxRetries: 1, jitter: 'full' },
  breaker: { failureRate: 0.5, minimumAttempts: 10 },
});

// A wait that cannot end before the deadline fails at once and says when to come back.
coordinator.configureApi('slow', { limits: [{ calls: 1, windowMs: 60_000 }] });
await coordinator.coordinateApiCall('slow', () => 'first');
const late = await coordinator.coordinateApiCall('slow', () => 'second', { deadlineMs: 1000 });
if (!late.success)
  console.log(late.error.code, 'again at', new Date(Number(late.error.details['retryAtMs'])).toISOString());

// More than the budget of a day: refused before it is sent.
const dear = await coordinator.coordinateApiCall('twitter', () => 'bought', { spend: { usd: 1.5, posts: 300 } });
console.log(dear.success ? dear.result : dear.error.message);

await coordinator.close();
