import { describe, expect, test } from 'vitest';
import { TmdbClient } from '../../../src/adapters/tmdb/index.js';
import type { ErrorCode } from '../../../src/index.js';
import { failureOf, useAnswerServer } from '../use-answer-server.js';

const context = () => ({ signal: new AbortController().signal, attempt: 1 });

/** TMDB's table of error codes: its status, its numbers, and what each must be to us. */
const documented: ReadonlyArray<
  readonly [status: number, kinds: readonly number[], code: ErrorCode, retryable: boolean]
> = [
  [401, [3, 7, 10, 14, 17, 31, 32, 35, 36], 'API_UNAUTHORIZED', false],
  [403, [45], 'API_FORBIDDEN', false],
  [404, [6, 34], 'API_NOT_FOUND', false],
  [400, [18, 22, 23, 27, 28, 47], 'API_BAD_REQUEST', false],
  [405, [4, 42], 'API_BAD_REQUEST', false],
  [422, [5, 20], 'API_BAD_REQUEST', false],
  [429, [25], 'API_RATE_LIMITED', true],
  [500, [11, 15], 'API_UNAVAILABLE', true],
  [500, [44], 'API_UNAVAILABLE', false],
  [501, [2], 'API_UNAVAILABLE', false],
  [502, [43], 'API_UNAVAILABLE', true],
  [503, [9, 46], 'API_UNAVAILABLE', true],
  [504, [24], 'API_UNAVAILABLE', true],
];
const table = documented.flatMap(([status, kinds, code, retryable]) =>
  kinds.map((kind) => [status, kind, code, retryable] as const),
);
const advice: Partial<Record<ErrorCode, string>> = { API_UNAUTHORIZED: 'accessToken', API_FORBIDDEN: 'accessToken' };

describe('the errors of TMDB', () => {
  const server = useAnswerServer();
  const ask = () => new TmdbClient({ accessToken: 'token', baseUrl: server.url }).getMovie(1, context());

  test('all its codes that are no success are in the table', () => {
    expect(table).toHaveLength(31);
    expect(new Set(table.map(([, kind]) => kind)).size).toBe(31);
  });

  test.each(table)('status %i with code %i is %s, retryable: %s', async (status, kind, code, retryable) => {
    server.answer({ status, body: { success: false, status_code: kind, status_message: 'sorry' } });
    expect(await failureOf(ask())).toMatchObject({
      code,
      retryable,
      retryAfterMs: undefined,
      details: { status, kind },
      message: expect.stringMatching(new RegExp(`^tmdb answered ${status}: sorry.*${advice[code] ?? ''}`)),
    });
  });

  test.each([...new Set(table.map(([status]) => status))])(
    'the status %i alone says enough: HTML, text, nothing, or another body',
    async (status) => {
      const [, , code] = table.find(([other]) => other === status) ?? expect.unreachable();
      for (const body of ['<html>edge</html>', 'plain text', '', { success: false }, [], { status_code: 'seven' }]) {
        server.answer({ status, body });
        expect(await failureOf(ask())).toMatchObject({ code, details: { status } });
      }
    },
  );

  test('Retry-After is used where there is one: seconds, a date on the clock of the answer, or nothing', async () => {
    server.answer({ status: 503, headers: { 'retry-after': '120' }, body: {} });
    expect(await failureOf(ask())).toMatchObject({ retryAfterMs: 120_000 });
    server.answer({
      status: 429,
      headers: { date: 'Tue, 24 Nov 2026 10:00:00 GMT', 'retry-after': 'Tue, 24 Nov 2026 10:00:30 GMT' },
      body: {},
    });
    expect(await failureOf(ask())).toMatchObject({ code: 'API_RATE_LIMITED', retryAfterMs: 30_000 });
    server.answer({ status: 429, headers: { 'retry-after': '9999999' }, body: {} });
    expect(await failureOf(ask())).toMatchObject({ retryAfterMs: 86_400_000 });
    server.answer({ status: 429, headers: { 'retry-after': 'soon', 'x-cache': 'Error from cloudfront' }, body: {} });
    expect(await failureOf(ask())).toMatchObject({ retryAfterMs: undefined });
  });

  test('what TMDB says is cut, and fit for a log line and a database', async () => {
    server.answer({ status: 400, body: { status_code: 47, status_message: `a\u0000b\r\nc ${'🎬'.repeat(400)}` } });
    const { message } = (await failureOf(ask())) as Error;
    expect(message).toMatch(/^tmdb answered 400: a b c 🎬/);
    expect(message.length).toBeLessThan(350);
    expect(message.isWellFormed()).toBe(true);
  });

  test('a success that is none, and statuses outside the table, have a code as well', async () => {
    for (const [status, code] of [
      [201, 'API_INVALID_RESPONSE'],
      [304, 'API_INVALID_RESPONSE'], // nobody asked whether something had changed
      [408, 'API_TIMEOUT'],
      [410, 'API_BAD_REQUEST'],
      [520, 'API_UNAVAILABLE'],
    ] as const) {
      server.answer((_request, response) => response.writeHead(status).end());
      expect(await failureOf(ask())).toMatchObject({ code, details: { status } });
    }
  });
});
