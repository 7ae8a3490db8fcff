import { afterEach, describe, expect, test, vi } from 'vitest';
import { type ErrorCode, errorCodes } from '../../src/errors/error-code.js';
import { isReelflowError, ReelflowError } from '../../src/errors/reelflow-error.js';
import { serializeError } from '../../src/errors/serialized-error.js';

describe('ReelflowError', () => {
  test('carries code, message, cause and facts', () => {
    const cause = new Error('socket closed');
    const error = new ReelflowError('API_NETWORK', 'tmdb did not answer', {
      cause,
      retryAfterMs: 500,
      details: { status: 503 },
    });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'ReelflowError',
      code: 'API_NETWORK',
      message: 'tmdb did not answer',
      retryable: true,
      retryAfterMs: 500,
      details: { status: 503 },
    });
    expect(error.cause).toBe(cause);
    expect(String(error)).toBe('ReelflowError: tmdb did not answer');
  });

  test('as JSON says what it says, without its stack and its cause', () => {
    const cause = new Error('the host knows why');
    const error = new ReelflowError('API_RATE_LIMITED', 'tmdb: too many', { cause, details: { status: 429 } });
    expect(JSON.parse(JSON.stringify({ error }))).toEqual({
      error: {
        name: 'ReelflowError',
        code: 'API_RATE_LIMITED',
        message: 'tmdb: too many',
        retryable: true,
        details: { status: 429 },
      },
    });
  });

  test('has nothing where nothing was said', () => {
    const error = new ReelflowError('API_NOT_FOUND', 'no such film');
    expect(error).toMatchObject({ retryable: false, retryAfterMs: undefined, details: {} });
    expect('cause' in error).toBe(false);
  });

  test('keeps its details from being changed', () => {
    const details = { status: 500 };
    const error = new ReelflowError('API_UNAVAILABLE', 'x', { details });
    details.status = 1;
    expect(error.details).toEqual({ status: 500 });
    expect(Object.isFrozen(error.details)).toBe(true);
  });

  test.each<[boolean, readonly ErrorCode[]]>([
    [
      true,
      [
        'API_TIMEOUT',
        'API_NETWORK',
        'API_UNAVAILABLE',
        'API_RATE_LIMITED',
        'API_INVALID_RESPONSE',
        'DB_CONNECTION',
        'DB_TIMEOUT',
        'DB_CONFLICT',
      ],
    ],
    [
      false,
      [
        'API_QUOTA_EXHAUSTED',
        'API_UNAUTHORIZED',
        'API_FORBIDDEN',
        'API_BAD_REQUEST',
        'API_NOT_FOUND',
        'CIRCUIT_OPEN',
        'DB_CONSTRAINT',
        'DB_STORAGE_FULL',
        'DB_READ_ONLY',
        'DATA_MISSING_FIELD',
        'DATA_INVALID_FORMAT',
        'DATA_PARSE',
        'DATA_ENCODING',
        'MOVIE_NOT_FOUND',
        'INVALID_INPUT',
        'INVALID_OPTIONS',
        'CANCELLED',
        'CLOSED',
        'DEPENDENCY_MISSING',
        'UNEXPECTED',
      ],
    ],
  ])('is retryable by default: %s', (retryable, codes) => {
    for (const code of codes) expect(new ReelflowError(code, code).retryable, code).toBe(retryable);
    for (const code of codes)
      expect(new ReelflowError(code, code, { retryable: !retryable }).retryable).toBe(!retryable);
  });

  test('every code is one of the two kinds above, once', () => {
    expect(errorCodes).toHaveLength(28);
    expect(new Set(errorCodes).size).toBe(28);
  });
});

describe('isReelflowError', () => {
  afterEach(() => {
    vi.resetModules();
  });

  test('knows the errors of another copy of the package, which instanceof does not', async () => {
    vi.resetModules();
    const copy = await import('../../src/errors/reelflow-error.js');
    expect(copy.ReelflowError).not.toBe(ReelflowError);
    const theirs = new copy.ReelflowError('API_TIMEOUT', 'from another copy');
    expect(theirs instanceof ReelflowError).toBe(false);
    expect(isReelflowError(theirs)).toBe(true);
    expect(copy.isReelflowError(new ReelflowError('API_TIMEOUT', 'ours'))).toBe(true);
  });

  test('lets the coordinator of one copy handle the errors of another', async () => {
    vi.resetModules();
    const copy = await import('../../src/errors/reelflow-error.js');
    const { AutomatedCoordinator } = await import('../../src/coordinator/automated-coordinator.js');
    expect(copy.ReelflowError).not.toBe(ReelflowError);
    const result = await new AutomatedCoordinator().coordinateApiCall('tmdb', () => {
      throw new ReelflowError('API_FORBIDDEN', 'from another copy');
    });
    expect(result).toMatchObject({ success: false, attempts: 1, error: { code: 'API_FORBIDDEN' } });
  });

  test.each([
    ['a plain error', new Error('x')],
    ['something that looks alike', { name: 'ReelflowError', code: 'API_TIMEOUT', message: 'x' }],
    ['null', null],
    ['undefined', undefined],
    ['a text', 'API_TIMEOUT'],
  ])('does not take %s for one', (_, value) => {
    expect(isReelflowError(value)).toBe(false);
  });

  test('shows nothing of the mark where an error is listed', () => {
    const error = new ReelflowError('API_TIMEOUT', 'x');
    expect(Object.getOwnPropertySymbols({ ...error })).toEqual([]);
    expect(JSON.parse(JSON.stringify(error))).not.toHaveProperty('stack');
  });
});

describe('serializeError', () => {
  test('keeps code and message, and where it happened', () => {
    const error = new ReelflowError('API_TIMEOUT', 'too slow', {
      cause: new Error('secret'),
      details: { status: 504 },
    });
    expect(serializeError(error)).toEqual({ code: 'API_TIMEOUT', message: 'too slow' });
    expect(serializeError(error, { step: 'collect', api: 'tmdb' })).toEqual({
      code: 'API_TIMEOUT',
      message: 'too slow',
      step: 'collect',
      api: 'tmdb',
    });
  });

  test('keeps when another try can succeed, if that is a number', () => {
    const at = (retryAtMs: unknown) =>
      serializeError(new ReelflowError('API_RATE_LIMITED', 'x', { details: { retryAtMs } }));
    expect(at(1_800_000_000_000)).toHaveProperty('retryAtMs', 1_800_000_000_000);
    expect(at('tomorrow')).not.toHaveProperty('retryAtMs');
  });

  test('is plain data', () => {
    const plain = serializeError(new ReelflowError('API_TIMEOUT', 'too slow'), { api: 'tmdb' });
    expect(structuredClone(plain)).toEqual(plain);
    expect(JSON.parse(JSON.stringify(plain))).toEqual(plain);
  });
});
