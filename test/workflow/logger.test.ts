import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { describe, expect, test, vi } from 'vitest';
import { type Logger, ReelflowError } from '../../src/index.js';
import { CollectingLogger, FakeMovieClient } from '../../src/testing/index.js';
import { rrr, setup } from './setup.js';

function collecting() {
  const chunks: string[] = [];
  const stream = new Writable({ write: (chunk, _encoding, done) => done(void chunks.push(String(chunk))) });
  return { stream, text: () => chunks.join('') };
}

describe('the logger of a host', () => {
  test('pino as it is: a search is one line at info, with fields to look for', async () => {
    const { stream, text } = collecting();
    const { manager } = setup({ logger: pino({ level: 'info' }, stream) });
    const { workflowId } = await manager.handleUserSearch('RRR', { maxReviews: 10 });
    await manager.close();
    const lines = text()
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(lines).toEqual([
      expect.objectContaining({
        level: 30,
        msg: "search 'RRR' ended",
        movieName: 'RRR',
        workflowId,
        success: true,
        degraded: false,
      }),
    ]);
  });

  test('a search that had no turn in time is a line too', async () => {
    const logger = new CollectingLogger();
    const movies = new FakeMovieClient({ movies: [rrr] }).onSearch({ hang: true });
    const { manager } = setup({ movies, logger, maxConcurrentWorkflows: 1 });
    void manager.handleUserSearch('RRR').catch(() => undefined);
    const { workflowId } = await manager.handleUserSearch('Up', { deadlineMs: 20 });
    expect(logger.lines.filter(({ level }) => level === 'info')).toMatchObject([
      { message: "search 'Up' ended", fields: { workflowId, movieName: 'Up', success: false, degraded: true } },
    ]);
    await manager.close({ graceMs: 0 });
  });

  test('pino: what fails is a line at warn with its code, and no line tells a credential', async () => {
    const { stream, text } = collecting();
    const movies = new FakeMovieClient({ movies: [rrr] }).onSearch({
      error: new ReelflowError('API_UNAVAILABLE', 'GET /3/search/movie?api_key=0123456789abcdef failed'),
    });
    const { manager } = setup({ movies, logger: pino(stream), coordinator: { retryDelayMs: 0 } });
    await manager.handleUserSearch('RRR', { maxReviews: 0 });
    await manager.close();
    expect(text()).toContain('"error":{"code":"API_UNAVAILABLE"');
    expect(text()).toContain('[tmdb] attempt 1 of 4 failed: API_UNAVAILABLE; next in 0 ms');
    expect(text()).not.toContain('0123456789abcdef');
  });

  test('a callback of a step that throws or runs out of time is one line, without credentials', async () => {
    const logger = new CollectingLogger();
    const { manager } = setup({ logger });
    const failsAt = (event: 'data_stored' | 'workflow_completed', name: string, callback: () => unknown) =>
      manager.trigger.registerTrigger(event, callback, { name, timeoutMs: 5 });
    failsAt('data_stored', 'index', () => {
      throw new Error('refused: api_key=0123456789abcdef');
    });
    failsAt('workflow_completed', 'mail', () => new Promise(() => undefined));
    failsAt('workflow_completed', 'fine', () => 'done');
    await manager.handleUserSearch('RRR', { maxReviews: 10 });
    await manager.close();
    const lines = logger.lines.filter(({ fields }) => fields['event'] === 'callback_failed');
    expect(lines).toMatchObject([
      {
        level: 'warn',
        fields: { of: 'data_stored', callback: 'index', error: { message: 'refused: api_key=[redacted]' } },
      },
      { level: 'warn', fields: { of: 'workflow_completed', callback: 'mail' } },
    ]);
    expect(lines[0]?.message).toBe("the callback 'index' of 'data_stored' failed: refused: api_key=[redacted]");
    expect(lines[1]?.message).toContain('did not end within 5 ms');
  });

  test('console: the same lines, for people', async () => {
    const { stream, text } = collecting();
    const { manager } = setup({ logger: new Console(stream) });
    await manager.handleUserSearch('RRR', { maxReviews: 10 });
    await manager.close();
    expect(text()).toContain("search 'RRR' ended");
    expect(text()).toContain("movieName: 'RRR'");
    const typed: Logger = console; // the global one fits too
    expect(typed).toBe(console);
  });

  test('a name cannot forge a line', async () => {
    const { stream, text } = collecting();
    const { manager } = setup({ logger: new Console(stream) });
    await manager.handleUserSearch('RRR 2022\u2028');
    await manager.handleUserSearch('RRR\r\nERROR all is lost').catch(() => undefined);
    await manager.close();
    expect(text()).not.toMatch(/^ERROR all is lost/m);
  });

  test('one that throws at every line changes nothing', async () => {
    const broken = vi.fn(() => {
      throw new Error('the disk of the log is full');
    });
    const movies = new FakeMovieClient({ movies: [rrr] }).onSearch({
      error: new ReelflowError('API_UNAVAILABLE', 'down'),
    });
    const { manager } = setup({
      movies,
      logger: { debug: broken, info: broken, warn: broken, error: broken },
      coordinator: { retryDelayMs: 0 },
    });
    await expect(manager.handleUserSearch('RRR', { maxReviews: 10 })).resolves.toMatchObject({
      success: true,
      degraded: false,
    });
    await manager.close();
    expect(broken).toHaveBeenCalled();
  });

  test('one without its four methods is refused, beside a coordinator of yours too', () => {
    const logger = { info() {} } as Partial<Logger> as Logger;
    expect(() => setup({ logger })).toThrow(/logger/);
  });
});
