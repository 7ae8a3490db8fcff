// TMDB begins to fail. One notice says so and one says when it is well again, to a callback and to a signed webhook.
// Then the rules are tried against what was recorded, as you would before you let them wake somebody.
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  AlertMonitor,
  type AlertRule,
  AutomatedWorkflowManager,
  MemoryRepository,
  StatisticsRecorder,
  tryAlertRules,
  verifyWebhook,
  WebhookSink,
} from 'reelflow';
import { FakeMovieClient, FakeReviewClient, injectFaults, sampleMovie } from 'reelflow/testing';

const secret = `whsec_${randomBytes(32).toString('base64')}`; // yours comes from the environment

// Whoever receives the webhook: checks the signature over the body as it came, then believes it.
const receiver = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  const isGenuine = verifyWebhook(secret, { headers: request.headers, body });
  if (isGenuine) console.log('  webhook:', JSON.parse(body).type);
  response.writeHead(isGenuine ? 204 : 401).end();
});
await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));

const { port: movies, faults } = injectFaults(new FakeMovieClient({ movies: [sampleMovie()] }));
const manager = new AutomatedWorkflowManager({
  movies,
  reviews: new FakeReviewClient(),
  repository: new MemoryRepository(),
  cache: false,
  coordinator: { maxRetries: 0 },
});

const rules: AlertRule[] = [
  { when: 'success_rate', of: 'each_api', below: 90, overMs: 60_000, minimumCalls: 5, clearForMs: 0 },
  { when: 'circuit_open', forMs: 300_000 },
  { when: 'budget_low', below: 10 },
  { when: 'spool_not_empty', forMs: 900_000 },
  { when: 'not_ready', severity: 'critical' },
];
const recorder = new StatisticsRecorder(manager); // looks each 10 s; this program asks it itself instead of waiting
const monitor = new AlertMonitor(manager, {
  recorder,
  rules,
  sinks: [
    ({ state, message }) => console.log(`  callback: ${state}: ${message}`),
    new WebhookSink({ url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/alerts`, secret }),
  ],
});
await recorder.sample();

console.log('TMDB fails');
faults.add({ error: 'API_UNAVAILABLE' });
for (let time = 1; time <= 5; time += 1) await manager.handleUserSearch(`film ${time}`);
await recorder.sample();
console.log(
  'active now:',
  monitor.active().map(({ rule, subject }) => `${rule} (${subject})`),
);

console.log('TMDB works again');
faults.clear();
for (let time = 1; time <= 100; time += 1) {
  await manager.handleUserSearch(sampleMovie().title, { collectNewData: true });
}
await recorder.sample();
await monitor.close(); // waits for what is under way

const stricter = rules.map((rule) => (rule.when === 'success_rate' ? { ...rule, minimumCalls: 200 } : rule));
console.log('told:', tryAlertRules(rules, recorder.samples()).length, 'notices');
console.log('with at least 200 calls:', tryAlertRules(stricter, recorder.samples()).length);
console.log('sinks:', monitor.sinkStatistics());

await manager.close();
receiver.close();
