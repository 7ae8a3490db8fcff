import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { type AlertNotice, verifyWebhook, WebhookSink } from '../../../src/index.js';
import { SinkQueue } from '../../../src/monitor/alerts/sink-queue.js';
import { recordingLogger } from '../../coordinator/helpers.js';

const secret = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`;
const { signal } = new AbortController();

const notice: AlertNotice = {
  alertId: 'Erfolgsrate ★/api:tmdb/2026-05-15T12:00:00.000Z',
  state: 'began',
  rule: 'Erfolgsrate ★',
  subject: 'api:tmdb',
  severity: 'warning',
  at: '2026-05-15T12:00:00.000Z',
  since: '2026-05-15T11:59:00.000Z',
  value: 40,
  message: 'api:tmdb: 40 % of 20 calls in 10 min succeeded, less than 90 %',
};

interface Received {
  readonly path: string | undefined;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** A receiver on a real socket; it answers with each status once, and then with the last one. 0: it hangs up. */
async function receiver(...statuses: readonly number[]) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    received.push({ path: request.url, headers, body });
    const status = statuses[Math.min(received.length, statuses.length) - 1] ?? 204;
    if (status === 0) request.socket.destroy();
    else response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => new Promise((resolve) => server.close(resolve).closeAllConnections());
  return { received, close, url: `http://127.0.0.1:${port}/hooks/T0P-SECRET-PATH` };
}

describe('a webhook', () => {
  const open: { close(): Promise<unknown> }[] = [];
  beforeEach(() => void open.splice(0));
  afterEach(async () => void (await Promise.all(open.map((one) => one.close()))));

  async function world(...statuses: readonly number[]) {
    const target = await receiver(...statuses);
    const sink = new WebhookSink({ url: target.url, secret, retryDelayMs: 0, maxRetries: 2 });
    open.push(target, sink);
    return { ...target, sink };
  }

  test('is signed as Standard Webhooks say: their own library takes it, and so do we', async () => {
    const { sink, received } = await world(200);
    await sink.notify(notice, { signal });
    const [{ headers, body }] = received as [Received];
    expect(new Webhook(secret).verify(body, headers)).toEqual({
      type: 'alert.began',
      timestamp: notice.at,
      data: notice,
    });
    expect(verifyWebhook(secret, { headers, body })).toBe(true);
    expect(verifyWebhook(secret, { headers: new Headers(headers), body })).toBe(true);
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'user-agent': 'reelflow' });
    expect(`${JSON.stringify(headers)}${body}`).not.toContain(secret.slice(6));
  });

  test('what was changed, is old, or is signed by another is not taken', async () => {
    const { sink, received } = await world(200);
    await sink.notify(notice, { signal });
    const [{ headers, body }] = received as [Received];
    const other = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    expect(verifyWebhook(other, { headers, body })).toBe(false);
    expect(verifyWebhook(secret, { headers, body: body.replace('40', '99') })).toBe(false);
    expect(verifyWebhook(secret, { headers: { ...headers, 'webhook-id': 'msg_other' }, body })).toBe(false);
    const old = String(Number(headers['webhook-timestamp']) - 301);
    expect(verifyWebhook(secret, { headers: { ...headers, 'webhook-timestamp': old }, body })).toBe(false);
    expect(verifyWebhook(secret, { headers: { ...headers, 'webhook-timestamp': 'now' }, body })).toBe(false);
    expect(verifyWebhook(secret, { headers: { ...headers, 'webhook-signature': '' }, body })).toBe(false);
    expect(verifyWebhook(secret, { headers: {}, body })).toBe(false);
    // another signature beside ours, as while a secret is changed
    const two = `v1,AAAA ${headers['webhook-signature']}`;
    expect(
      verifyWebhook(secret, {
        headers: { ...headers, 'Webhook-Signature': [two], 'webhook-signature': undefined },
        body,
      }),
    ).toBe(false);
    expect(verifyWebhook(secret, { headers: { ...headers, 'webhook-signature': two }, body })).toBe(true);
  });

  test('is tried again after a 503 and a connection that is cut, under the same id', async () => {
    const { sink, received } = await world(503, 0, 204);
    await sink.notify(notice, { signal });
    expect(received).toHaveLength(3);
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    await sink.notify({ ...notice, state: 'ended' }, { signal });
    expect(received[3]?.headers['webhook-id']).not.toBe(received[0]?.headers['webhook-id']);
  });

  test.each([
    ['20', 20_000],
    ['3600', 60_000],
    ['86400', 60_000],
  ])(
    'that asks to be left alone for %s s is tried again after %i ms: others wait behind it',
    async (retryAfter, afterMs) => {
      vi.useFakeTimers();
      const answers = [new Response(null, { status: 503, headers: { 'retry-after': retryAfter } })];
      const asked = vi.fn(async () => answers.shift() ?? new Response(null, { status: 204 }));
      vi.stubGlobal('fetch', asked);
      onTestFinished(() => void vi.useRealTimers().unstubAllGlobals());
      const sink = new WebhookSink({ url: 'https://hooks.example', secret });
      open.push(sink);
      const sent = sink.notify(notice, { signal });
      await vi.advanceTimersByTimeAsync(afterMs - 100);
      expect(asked).toHaveBeenCalledTimes(1);
      await vi.advanceTimersByTimeAsync(2000);
      await sent;
      expect(asked).toHaveBeenCalledTimes(2);
    },
  );

  test.each([400, 401, 410, 302])('a %i costs the notice at once, and no redirect is followed', async (status) => {
    const { sink, received } = await world(status);
    await expect(sink.notify(notice, { signal })).rejects.toMatchObject({ code: 'API_BAD_REQUEST' });
    expect(received.map(({ path }) => path)).toEqual(['/hooks/T0P-SECRET-PATH']);
  });

  test('that is gone is an error that tells neither the address nor the secret', async () => {
    const { sink, close, url } = await world(204);
    await close();
    const error: unknown = await sink.notify(notice, { signal }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'API_NETWORK', message: 'webhook could not be reached' });
    const told = JSON.stringify(error, Object.getOwnPropertyNames(error)) + String((error as Error).stack);
    for (const hidden of ['T0P-SECRET-PATH', new URL(url).port, secret.slice(6)]) expect(told).not.toContain(hidden);
  });

  test('that always fails gives one line a notice and causes no other', async () => {
    const { sink, received } = await world(500);
    const { logger, lines } = recordingLogger();
    const queue = new SinkQueue(sink, logger);
    queue.push(notice);
    queue.push({ ...notice, state: 'ended' });
    await queue.close(60_000);
    expect(received).toHaveLength(6);
    expect(queue.statistics()).toEqual({ name: 'webhook', delivered: 0, failed: 2, dropped: 0, waiting: 0 });
    expect(lines.map(({ message }) => message)).toEqual([
      "the alert sink 'webhook' did not take a notice",
      "the alert sink 'webhook' did not take a notice",
    ]);
  });

  test('ends when the monitor gives up', async () => {
    const { sink } = await world(500);
    const aborted = AbortSignal.abort();
    await expect(sink.notify(notice, { signal: aborted })).rejects.toMatchObject({ code: 'CANCELLED' });
    await sink.close();
    await expect(sink.notify(notice, { signal })).rejects.toMatchObject({ code: 'CLOSED' });
  });

  test.each([
    [{ url: 'alerts' }, 'url must be a URL'],
    [{ url: 'ftp://host/' }, 'url must begin with https:// or http://'],
    [{ url: 'https://user:pass@host/' }, 'url must hold no user name'],
    [{ secret: 'hunter2' }, "the secret of a webhook must be 'whsec_'"],
    [{ secret: `whsec_${Buffer.alloc(16).toString('base64')}` }, "the secret of a webhook must be 'whsec_'"],
    [{ name: '' }, 'name must be a text'],
    [{ maxRetries: -1 }, 'maxRetries must be a whole number'],
  ])('refuses %j', (options, message) => {
    const made = () => new WebhookSink({ url: 'https://alerts.example.com', secret, ...options });
    expect(made).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTIONS', message: expect.stringContaining(message) }),
    );
    expect(made).not.toThrow(/hunter2|user:pass/);
  });
});

test('a queue drops the oldest notice when more than a hundred wait', async () => {
  const { logger, lines } = recordingLogger();
  const taken: string[] = [];
  let go = () => {};
  const started = new Promise<void>((resolve) => {
    go = resolve;
  });
  const queue = new SinkQueue(
    { name: 'slow', notify: ({ subject }) => started.then(() => void taken.push(subject)) },
    logger,
  );
  for (let index = 0; index < 150; index += 1) queue.push({ ...notice, subject: `api:${index}` });
  expect(queue.statistics()).toMatchObject({ waiting: 101, dropped: 49 });
  expect(lines).toHaveLength(49);
  go();
  await queue.close(1000);
  expect(taken).toEqual(['api:0', ...Array.from({ length: 100 }, (_, index) => `api:${index + 50}`)]);
});
