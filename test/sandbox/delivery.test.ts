import { get, type IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.js';

const headers = { authorization: 'Bearer sandbox' };
const search = '/2/tweets/search/recent?query=%22RRR%22&tweet.fields=author_id';
const turn = () => new Promise((resolve) => setImmediate(resolve));
const until = async (is: () => boolean) => {
  while (!is()) await turn();
};

// node:http and not fetch, whose own timers would be faked and counted as well.
describe('faults on the way', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(async () => {
    vi.useRealTimers();
    await sandbox.close();
  });
  const fakeTimers = () => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });

  /** The headers of an answer, before its body is there. */
  const begin = () =>
    new Promise<IncomingMessage>((resolve, reject) => {
      get(`${sandbox.xUrl}${search}`, { headers, agent: false }, resolve).on('error', reject);
    });
  const read = async (response: IncomingMessage): Promise<string> => {
    let text = '';
    for await (const piece of response.setEncoding('utf8')) text += piece;
    return text;
  };

  test('a reset cuts the connection', async () => {
    sandbox.setFaults([{ kind: 'reset' }]);
    await expect(begin()).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  test('a timeout never answers', async () => {
    sandbox.setFaults([{ kind: 'timeout' }]);
    const failed = new Promise<Error>((resolve) => {
      const request = get(`${sandbox.xUrl}${search}`, { headers, agent: false }, () => expect.unreachable('an answer'));
      request.on('error', resolve);
      void until(() => sandbox.requests.length === 1).then(() => request.destroy(new Error('I give up')));
    });
    expect(await failed).toMatchObject({ message: 'I give up' });
  });

  test('what is no address is a 404, and no end of the server', async () => {
    const { port } = new URL(sandbox.xUrl);
    for (const path of ['//', '/', '/other/3/configuration', '/xtra']) {
      const status = await new Promise((resolve, reject) => {
        get({ port, path, agent: false }, (response) => resolve(response.resume().statusCode)).on('error', reject);
      });
      expect(status).toBe(404);
    }
    expect(sandbox.requests).toEqual([]);
    expect((await begin()).resume().statusCode).toBe(200);
  });

  test('a truncated body is half of the JSON', async () => {
    const whole = await read(await begin());
    sandbox.setFaults([{ kind: 'truncated' }]);
    const half = await read(await begin());
    expect(whole.startsWith(half)).toBe(true);
    expect(() => JSON.parse(half)).toThrow(SyntaxError);
  });

  test('a stalled body stops in its middle, and ends with the connection', async () => {
    const whole = Buffer.byteLength(await read(await begin()));
    sandbox.setFaults([{ kind: 'stalled' }]);
    const response = await begin();
    let received = 0;
    response.on('data', (piece: Buffer) => {
      received += piece.length;
    });
    await until(() => received === Math.floor(whole / 2));
    expect(response.complete).toBe(false);
    const cut = new Promise((resolve) => response.on('error', resolve));
    await sandbox.close();
    expect(await cut).toMatchObject({ code: 'ECONNRESET' });
  });

  test('a slow answer comes later, and not before its time', async () => {
    fakeTimers();
    sandbox.setFaults([{ kind: 'slow', ms: 5000 }]);
    let isThere = false;
    const late = begin().finally(() => {
      isThere = true;
    });
    await until(() => sandbox.requests.length === 1);
    await vi.advanceTimersByTimeAsync(4999);
    for (let turns = 0; turns < 50; turns += 1) await turn();
    expect(isThere).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    const response = await late;
    expect(response.statusCode).toBe(200);
    response.resume();
  });

  test('a slow body comes in pieces after its headers', async () => {
    const whole = await read(await begin());
    fakeTimers();
    sandbox.setFaults([{ kind: 'slow-body', ms: 20_000 }]);
    const asked = begin();
    await until(() => sandbox.requests.length === 2);
    await vi.advanceTimersByTimeAsync(0);
    const response = await asked;
    expect(response.statusCode).toBe(200);
    const pieces: string[] = [];
    const ended = new Promise((resolve) => response.on('end', resolve));
    response.setEncoding('utf8').on('data', (piece: string) => pieces.push(piece));
    for (let piece = 1; piece <= 20; piece += 1) {
      expect(response.complete).toBe(false);
      await vi.advanceTimersByTimeAsync(1000);
      await until(() => pieces.length === piece);
    }
    await ended;
    expect(pieces.join('')).toBe(whole);
  });

  test('closing, or a client that leaves, ends every timer and connection', async () => {
    fakeTimers();
    const failures: Promise<unknown>[] = [];
    for (const fault of [
      { kind: 'slow', ms: 600_000 },
      { kind: 'timeout' },
      { kind: 'stalled' },
      { kind: 'slow-body', ms: 600_000 },
    ] as const) {
      sandbox.setFaults([fault]);
      failures.push(
        begin()
          .then(read)
          .catch((error: unknown) => error),
      );
      await until(() => sandbox.requests.length === failures.length);
      await vi.advanceTimersByTimeAsync(0);
    }
    expect(vi.getTimerCount()).toBe(2);
    const leaving = get(`${sandbox.xUrl}${search}`, { headers, agent: false }).on('error', () => {});
    await until(() => sandbox.requests.length === 5);
    expect(vi.getTimerCount()).toBe(3);
    leaving.destroy();
    await until(() => vi.getTimerCount() === 2);
    await sandbox.close();
    expect(vi.getTimerCount()).toBe(0);
    for (const failure of await Promise.all(failures)) expect(failure).toMatchObject({ code: 'ECONNRESET' });
    await sandbox.close();
  });
});
