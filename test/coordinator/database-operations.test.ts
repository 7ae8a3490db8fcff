import { describe, expect, test, vi } from 'vitest';
import type { ErrorCode } from '../../src/errors/error-code.js';
import {
  answersAfter,
  coordinatorWith,
  failsThenAnswers,
  failure,
  recorded,
  settled,
  withFakeTime,
} from './helpers.js';

describe('database coordination', () => {
  withFakeTime();

  test('an operation is named in its result', async () => {
    const result = await coordinatorWith().coordinateDbOperation('store_collection', () => ({ inserted: 3 }));
    expect(result).toEqual({
      success: true,
      operation: 'store_collection',
      result: { inserted: 3 },
      attempts: 1,
      durationMs: 0,
    });
  });

  test.each<ErrorCode>(['DB_CONNECTION', 'DB_TIMEOUT', 'DB_CONFLICT'])(
    '%s is retried after 2, 4 and 8 s',
    async (code) => {
      const { fn, startsMs } = recorded(() => {
        throw failure(code);
      });
      const result = await settled(coordinatorWith().coordinateDbOperation('save_run', fn));
      expect(startsMs).toEqual([0, 2000, 6000, 14_000]);
      expect(result).toMatchObject({ success: false, operation: 'save_run', attempts: 4, error: { code } });
    },
  );

  test.each<ErrorCode>(['DB_CONSTRAINT', 'DB_STORAGE_FULL', 'DB_READ_ONLY', 'DATA_PARSE'])(
    '%s is not retried',
    async (code) => {
      const answer = failsThenAnswers([failure(code)], 'saved');
      const result = await settled(coordinatorWith().coordinateDbOperation('save_run', answer));
      expect(result).toMatchObject({ success: false, attempts: 1, error: { code } });
    },
  );

  test('a connection that comes back is used: it succeeds at 6 s', async () => {
    const lost = failure('DB_CONNECTION');
    const result = await settled(
      coordinatorWith().coordinateDbOperation('save_run', failsThenAnswers([lost, lost], 'saved')),
    );
    expect(result).toMatchObject({ success: true, result: 'saved', attempts: 3, durationMs: 6000 });
  });

  test("it follows the host's retry options", async () => {
    const { fn, startsMs } = recorded(() => {
      throw failure('DB_CONFLICT');
    });
    await settled(coordinatorWith({}, { maxRetries: 2, retryDelayMs: 50 }).coordinateDbOperation('save_run', fn));
    expect(startsMs).toEqual([0, 50, 150]);
  });

  test('it follows them also when they are changed after its first run', async () => {
    const coordinator = coordinatorWith();
    await coordinator.coordinateDbOperation('save_run', () => 1);
    coordinator.maxRetries = 0;
    const answer = failsThenAnswers([failure('DB_CONFLICT')], 'saved');
    expect(await settled(coordinator.coordinateDbOperation('save_run', answer))).toMatchObject({ attempts: 1 });
  });

  test('a running transaction is not timed out', async () => {
    const result = await settled(
      coordinatorWith({}, { timeoutMs: 100 }).coordinateDbOperation('store', () => answersAfter(3_600_000, 'stored')),
    );
    expect(result).toMatchObject({ success: true, result: 'stored', durationMs: 3_600_000 });
  });

  test('there is no limit, not even the one that the host set for APIs', async () => {
    const coordinator = coordinatorWith({}, { maxCallsPerWindow: 1 });
    const { fn, startsMs } = recorded(() => 1);
    await Promise.all(Array.from({ length: 100 }, () => coordinator.coordinateDbOperation('find_movie', fn)));
    expect(startsMs).toEqual(Array.from({ length: 100 }, () => 0));
    expect(vi.getTimerCount()).toBe(0);
  });

  test('an operation and an API of the same name have nothing to do with each other', async () => {
    const coordinator = coordinatorWith();
    await coordinator.coordinateApiCall('movies', () => 1);
    await coordinator.coordinateDbOperation('movies', () => 1);
    await coordinator.coordinateDbOperation('movies', () => 1);
    const { apiCalls, databaseOperations } = coordinator.getStatistics();
    expect([apiCalls.total, databaseOperations.total]).toEqual([1, 2]);
  });
});
