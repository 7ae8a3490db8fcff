import { describe, expect, test } from 'vitest';
import { checkLength } from '../../../src/adapters/typeorm/check-length.js';
import { isReelflowError } from '../../../src/errors/reelflow-error.js';

const refused = (parameters: Parameters<typeof checkLength>[0], mostBytes?: number): string | undefined => {
  try {
    checkLength(parameters, mostBytes === undefined ? {} : { mostBytes });
  } catch (error) {
    return isReelflowError(error) ? error.code : 'another error';
  }
  return undefined;
};

describe('error handling: the length of a statement', () => {
  test.each<[string, string, number]>([
    ['letters', 'aaaa', 4],
    ['letters of several bytes', 'ఇఇ', 6],
    ['what is escaped', `'"\\\n\0`, 10],
  ])('counts %s as they are sent', (_name, text, bytes) => {
    expect(refused([text], bytes)).toBeUndefined();
    expect(refused([text], bytes - 1)).toBe('DB_CONSTRAINT');
  });

  test('counts values of lists together, and texts alone', () => {
    expect(refused([[['aa', 1, null], ['aa']], 'aa'], 6)).toBeUndefined();
    expect(refused([[['aa', 1, null], ['aa']], 'aa'], 5)).toBe('DB_CONSTRAINT');
    expect(refused(['a'.repeat(100)])).toBeUndefined();
  });
});
