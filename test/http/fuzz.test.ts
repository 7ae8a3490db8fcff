import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { serve } from '../../src/http/index.js';
import { seededRandom } from '../../src/testing/faults/seeded-random.js';
import { base, fullToken, readToken, serviced } from './setup.js';

const seed = Number(process.env.REELFLOW_FUZZ_SEED ?? 20261126);
const planted = /a-token-that-may/;
const stack = /\bat .+\.(ts|js):\d+|node_modules|node:internal/;

const paths = [
  '',
  '/',
  '/auto-search',
  '/automation-stats',
  '/automation-stats/history',
  '/workflows',
  '/workflows/x',
  '/workflows/%00/events',
  '/movies/1',
  '/movies/-1',
  '/movies/9999999999999999999',
  '/quick-recommend',
  '/quarantine',
  '/quarantine/1/retry',
  '/status',
  '/access',
  '/metrics',
  '/openapi.json',
  '/health/ready',
  '/dashboard',
  '/../../etc/passwd',
  '/%2e%2e/',
  '/%',
  '/%ff',
  '/workflows/../status',
  '//',
  '/auto-search/',
];
const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'PROPFIND'];
const queries = [
  '',
  '?',
  '?movie_name=',
  '?movie_name=RRR&movie_name=Up',
  '?max_reviews=-1',
  '?max_reviews=1e9',
  '?max_reviews=NaN',
  '?movie_name=%00',
  '?movie_name=%ff',
  '?__proto__=1',
  '?constructor[prototype]=1',
  '?reviews=999999999999999999999',
  '?limit=0',
  '?after=x',
  '?collect_new_data=maybe',
  `?movie_name=${'a'.repeat(5000)}`,
  '?=&&&=',
  '?%F0%9F',
];
const values = [
  null,
  true,
  -1,
  1e308,
  1.5,
  '',
  'RRR',
  '\u0000',
  '\ud800',
  '<script>',
  'x'.repeat(300),
  [],
  {},
  [[[[]]]],
  { a: { b: 1 } },
];
const fields = [
  'movie_name',
  'max_reviews',
  'collect_new_data',
  'tmdb_id',
  'limit',
  '__proto__',
  'constructor',
  'toString',
  '',
  'x',
];
const types = [
  'application/json',
  'application/json; charset=utf-16',
  'text/plain',
  'multipart/form-data',
  '',
  'application/json;;;',
  'a/b',
];
const headerValues = [
  '',
  '0',
  '-1',
  'x'.repeat(2000),
  '999999999999999999999',
  'abc-1',
  '\t',
  '"',
  'null',
  'gzip',
  '*/*',
];

class Chance {
  readonly #random: () => number;
  constructor(random: () => number) {
    this.#random = random;
  }
  whole(below: number): number {
    return Math.floor(this.#random() * below);
  }
  one<Value>(from: readonly Value[]): Value {
    const chosen = from[this.whole(from.length)];
    if (chosen === undefined) throw new Error('nothing to choose from');
    return chosen;
  }
  bytes(length: number): Uint8Array<ArrayBuffer> {
    return Uint8Array.from({ length }, () => this.whole(256));
  }
}

function body(chance: Chance): string | Uint8Array<ArrayBuffer> {
  const kind = chance.whole(5);
  if (kind === 0) return chance.bytes(chance.whole(64));
  if (kind === 1) return '['.repeat(chance.whole(5000));
  const made = JSON.stringify(
    Object.fromEntries(
      Array.from({ length: chance.whole(4) }, () => [chance.one(fields), chance.one([...values, null])]),
    ),
  );
  if (kind === 2) return made.slice(0, chance.whole(made.length + 1));
  if (kind === 3) return made.replace('{', '{"__proto__":{"admin":true},');
  return made;
}

function malformed(chance: Chance): [url: string, init: RequestInit] {
  const method = chance.whole(4) === 0 ? chance.one(methods) : chance.one(['GET', 'POST', 'POST']);
  const headers: Record<string, string> = {
    Authorization: chance.one([
      `Bearer ${fullToken}`,
      `Bearer ${readToken}`,
      `bearer  ${fullToken}`,
      'Bearer',
      'Basic eA==',
      'x'.repeat(5000),
    ]),
  };
  for (const name of [
    'Idempotency-Key',
    'Last-Event-ID',
    'Content-Length',
    'Content-Encoding',
    'Accept',
    'X-Forwarded-For',
    'Origin',
  ])
    if (chance.whole(4) === 0) headers[name] = chance.one(headerValues);
  if (chance.whole(3) > 0) headers['Authorization'] = `Bearer ${fullToken}`;
  headers['Content-Type'] = chance.whole(3) > 0 ? 'application/json' : chance.one(types);
  const init: RequestInit = { method, headers };
  if (method !== 'GET' && method !== 'HEAD') init.body = body(chance);
  return [`http://x${chance.whole(20) === 0 ? '' : base}${chance.one(paths)}${chance.one(queries)}`, init];
}

test('20,000 malformed requests give no 500, no hang, no stack and no secret', { timeout: 120_000 }, async () => {
  console.log(`seed ${seed}`);
  const chance = new Chance(seededRandom(seed));
  const logged: unknown[] = [];
  const note = (...line: unknown[]) => void logged.push(line);
  const { app } = serviced({ logger: { debug() {}, info() {}, warn() {}, error: note }, maxStreams: 100_000 });
  const statuses = new Map<number, number>();
  for (let count = 0; count < 20_000; count += 1) {
    const [url, init] = malformed(chance);
    const answer = await app.request(url, init);
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream') === true;
    const text = isStream ? '' : await answer.text();
    if (isStream) await answer.body?.cancel();
    const what = `${init.method} ${url.slice(0, 200)} ${answer.status}`;
    expect(answer.status, what).not.toBe(500);
    expect(text, what).not.toMatch(planted);
    if (!url.includes('/dashboard')) expect(text, what).not.toMatch(stack);
  }
  expect(logged).toEqual([]);
  expect(statuses.get(400), JSON.stringify([...statuses])).toBeGreaterThan(500);
});

test('bytes that are no HTTP leave the server standing', { timeout: 120_000 }, async () => {
  const chance = new Chance(seededRandom(seed + 1));
  const { app } = serviced();
  const server = await serve(app, { port: 0, graceMs: 0 });
  onTestFinished(() => server.close());
  const port = Number(new URL(server.url).port);
  const starts = [
    'GET ',
    `POST ${base}/workflows HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n`,
    `GET ${base}/status HTTP/1.1\r\n`,
    `GET http://%%% HTTP/1.1\r\nHost: x\r\n\r\n`,
    'GET / HTTP/9.9\r\n\r\n',
    `POST ${base}/auto-search HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`,
  ];
  const send = () =>
    new Promise<string>((resolve) => {
      let text = '';
      const socket = connect(port, '127.0.0.1', () =>
        socket.end(Buffer.concat([Buffer.from(chance.one(starts)), Buffer.from(chance.bytes(chance.whole(200)))])),
      );
      socket.on('data', (data) => {
        text += data.toString('latin1');
      });
      socket.on('error', () => undefined);
      socket.on('close', () => resolve(text));
    });
  for (let round = 0; round < 100; round += 1) {
    for (const text of await Promise.all(Array.from({ length: 20 }, send))) {
      expect(text).not.toMatch(/^HTTP\/1\.1 500/);
      expect(text).not.toMatch(planted);
      expect(text).not.toMatch(stack);
    }
  }
  expect((await fetch(`${server.url}${base}/health/live`)).status).toBe(200);
});
