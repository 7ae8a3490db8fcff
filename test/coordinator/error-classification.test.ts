import { describe, expect, test } from 'vitest';
import { AutomatedCoordinator } from '../../src/coordinator/automated-coordinator.js';
import { failure, settled, withFakeTime } from './helpers.js';

const withCode = (code: string, message = code) => Object.assign(new Error(message), { code });

async function outcomeOf(thrown: unknown) {
  const result = await settled(
    new AutomatedCoordinator({ maxRetries: 2 }).coordinateApiCall('tmdb', () => {
      throw thrown;
    }),
  );
  if (result.success) throw new Error('it should have failed');
  return result;
}

describe('an error that is none of ours, thrown by a coordinated function', () => {
  withFakeTime();

  test.each([
    ['a reset connection', withCode('ECONNRESET'), 'API_NETWORK'],
    ['a refused connection', withCode('ECONNREFUSED'), 'API_NETWORK'],
    ['a name that does not resolve for now', withCode('EAI_AGAIN'), 'API_NETWORK'],
    ['a socket timeout', withCode('ETIMEDOUT'), 'API_TIMEOUT'],
    ['what fetch throws without an answer', new TypeError('fetch failed'), 'API_NETWORK'],
    ['fetch failing on a reset', new TypeError('fetch failed', { cause: withCode('ECONNRESET') }), 'API_NETWORK'],
    [
      'fetch failing on a connect timeout',
      new TypeError('fetch failed', { cause: withCode('UND_ERR_CONNECT_TIMEOUT') }),
      'API_TIMEOUT',
    ],
    ['a timeout of the platform', new DOMException('too slow', 'TimeoutError'), 'API_TIMEOUT'],
    ['one that says so itself', Object.assign(new Error('busy'), { retryable: true }), 'API_UNAVAILABLE'],
    [
      'a network failure wrapped twice',
      new Error('a', { cause: new Error('b', { cause: withCode('EPIPE') }) }),
      'API_NETWORK',
    ],
  ])('%s is retried', async (_, thrown, code) => {
    const { error, attempts } = await outcomeOf(thrown);
    expect(error.code).toBe(code);
    expect(attempts).toBe(3);
    expect(error.cause).toBe(thrown);
  });

  test.each([
    ['a mistake in the program', new TypeError("Cannot read properties of undefined (reading 'id')")],
    ['a plain error', new Error('no idea')],
    ['a text', 'not an error'],
    ['null', null],
    ['undefined', undefined],
    ['an object that cannot be shown', Object.create(null)],
  ])('%s is reported as UNEXPECTED and not retried', async (_, thrown) => {
    const { error, attempts } = await outcomeOf(thrown);
    expect(error).toMatchObject({ name: 'ReelflowError', code: 'UNEXPECTED' });
    expect(error.message).not.toBe('');
    expect(attempts).toBe(1);
  });

  test('an error of ours stays the very same object', async () => {
    const ours = failure('API_FORBIDDEN', { details: { status: 403 } });
    expect((await outcomeOf(ours)).error).toBe(ours);
  });

  test('its message is kept, without a credential in it', async () => {
    const { error } = await outcomeOf(new Error('GET https://x.test/?api_key=s3cret-s3cret failed'));
    expect(error.message).toContain('GET https://x.test/?api_key=');
    expect(error.message).not.toContain('s3cret');
  });

  test('in a database operation it gets a database code', async () => {
    const coordinator = new AutomatedCoordinator({ maxRetries: 0 });
    const codeOf = async (thrown: unknown) => {
      const result = await coordinator.coordinateDbOperation('save', () => {
        throw thrown;
      });
      return result.success ? 'none' : result.error.code;
    };
    expect(await codeOf(withCode('ECONNREFUSED'))).toBe('DB_CONNECTION');
    expect(await codeOf(withCode('ETIMEDOUT'))).toBe('DB_TIMEOUT');
    expect(await codeOf(Object.assign(new Error('busy'), { retryable: true }))).toBe('DB_CONNECTION');
    expect(await codeOf(new Error('no idea'))).toBe('UNEXPECTED');
  });
});
