import { describe, expect, test } from 'vitest';
import { toReelflowError } from '../../src/errors/classify-error.js';

const withCode = (code: string) => Object.assign(new Error(code), { code });

describe('making an error ours', () => {
  test.each([
    'ECONNRESET',
    'ECONNREFUSED',
    'ECONNABORTED',
    'EPIPE',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'UND_ERR_SOCKET',
  ])('%s is a failure of the network', (code) => {
    expect(toReelflowError(withCode(code), 'api')).toMatchObject({ code: 'API_NETWORK', retryable: true });
  });

  test.each(['ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'])(
    '%s is a timeout',
    (code) => {
      expect(toReelflowError(withCode(code), 'api')).toMatchObject({ code: 'API_TIMEOUT', retryable: true });
    },
  );

  test.each([
    'fetch failed', // Node
    'Failed to fetch', // Chromium
    'NetworkError when attempting to fetch resource.', // Firefox
    'Load failed', // Safari
    'terminated', // Node, while a body is read
    'error sending request for url (https://x.test)', // Deno
  ])('a TypeError that says %j is a failure of the network', (message) => {
    expect(toReelflowError(new TypeError(message), 'api').code).toBe('API_NETWORK');
  });

  test.each(['EACCES', 'ENOENT', 'ERR_INVALID_ARG_TYPE', 'toString'])('%s is not', (code) => {
    expect(toReelflowError(withCode(code), 'api')).toMatchObject({ code: 'UNEXPECTED', retryable: false });
  });

  test('the attempt of many addresses, as Node reports it, is a failure of the network', () => {
    const error = Object.assign(new AggregateError([withCode('ECONNREFUSED')], ''), { code: 'ECONNREFUSED' });
    expect(toReelflowError(error, 'api')).toMatchObject({ code: 'API_NETWORK', message: 'API_NETWORK' });
  });

  test('retryable: true in a cause says nothing of the error around it', () => {
    const cause = Object.assign(new Error('inner'), { retryable: true });
    expect(toReelflowError(new Error('outer', { cause }), 'api').code).toBe('UNEXPECTED');
  });

  test('a chain of causes that bites its tail ends', () => {
    const error = new Error('a');
    error.cause = new Error('b', { cause: error });
    expect(toReelflowError(error, 'api').code).toBe('UNEXPECTED');
  });

  test.each([
    [42, '42'],
    [null, 'null'],
    [{ toString: () => 'token=s3cret' }, 'token=[redacted]'],
    ['x'.repeat(1000), 'x'.repeat(200)],
    [Object.create(null), 'object'],
  ])('a thrown value that is no Error is shown, shortened and without a credential', (thrown, shown) => {
    const { message, cause } = toReelflowError(thrown, 'api');
    expect(message).toBe(`a value that is no Error was thrown: ${shown}`);
    expect(cause).toBe(thrown);
  });

  test.each([
    [
      'a message',
      {
        get message() {
          throw new Error('getter');
        },
      },
    ],
    [
      'the message of an Error',
      Object.defineProperty(new Error('x'), 'message', {
        get() {
          throw new Error('getter');
        },
      }),
    ],
    [
      'everything',
      new Proxy(
        {},
        {
          has() {
            throw new Error('trap');
          },
        },
      ),
    ],
  ])('%s that throws when it is read does no harm', (_, thrown) => {
    const { code, cause } = toReelflowError(thrown, 'api');
    expect([code, cause]).toEqual(['UNEXPECTED', undefined]);
  });

  test('a message that is no text does no harm', () => {
    const odd = Object.defineProperty(new Error('x'), 'message', { value: 42 });
    expect(toReelflowError(odd, 'api').message).toBe('42');
  });
});
