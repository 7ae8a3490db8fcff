import { describe, expect, test } from 'vitest';
import { guardLogger } from '../../src/ports/guard-logger.js';
import { silentLogger } from '../../src/ports/logger.js';
import { CollectingLogger, loggerContract } from '../../src/testing/index.js';

describe('a logger behind the guard', () => {
  loggerContract(test, async () => {
    const logger = new CollectingLogger();
    return { logger: guardLogger(logger), written: () => JSON.stringify(logger.lines) };
  });

  const written = (fields: Record<string, unknown>, message = 'a message') => {
    const logger = new CollectingLogger();
    guardLogger(logger).warn(fields, message);
    return logger.lines[0];
  };

  test('tells no credential: by its look in messages and texts at any depth, by its name in fields', () => {
    const line = written(
      {
        error: new Error('postgres://me:hunter2@db refused'),
        list: [{ said: 'Authorization: Bearer hunter2' }],
        headers: { Authorization: 'hunter2', cookie: 'hunter2', 'x-api-key': 'hunter2' },
        accessToken: 'hunter2',
        tokens: 7,
      },
      'api_key=hunter2 was refused',
    );
    expect(JSON.stringify(line)).not.toContain('hunter2');
    expect(line).toMatchObject({
      message: 'api_key=[redacted] was refused',
      fields: {
        error: { name: 'Error', message: 'postgres://[redacted]@db refused' },
        headers: { Authorization: '[redacted]' },
        tokens: 7,
      },
    });
  });

  test('makes no two lines of one, and none without an end', () => {
    const line = written(
      {
        text: 'x'.repeat(1_000_000),
        many: Array.from({ length: 1000 }, () => 1),
        deep: { a: { b: { c: { d: { e: { f: 1 } } } } } },
      },
      "search 'RRR\n2026-05-15 error all is lost' ended",
    );
    expect(line?.message).toBe("search 'RRR 2026-05-15 error all is lost' ended");
    expect(line?.fields).toMatchObject({ deep: { a: { b: { c: { d: { e: '[deeper]' } } } } } });
    expect(JSON.stringify(line?.fields).length).toBeLessThan(11_000);
  });

  test('hurts nobody when it throws, rejects or is given odd fields', async () => {
    const broken = () => {
      throw new Error('the disk is full');
    };
    guardLogger({ debug: broken, info: broken, warn: broken, error: broken }).error({}, 'a message');
    const rejects = () => Promise.reject(new Error('the disk is full'));
    guardLogger({ debug: rejects, info: rejects, warn: rejects, error: rejects }).error({}, 'a message');
    const stubborn = Object.defineProperty({}, 'field', { enumerable: true, get: broken });
    guardLogger(new CollectingLogger()).error(stubborn, 'a message');
  });

  test('leaves a silent one as it is, and is put on once', () => {
    expect(guardLogger(undefined)).toBe(silentLogger);
    expect(guardLogger(silentLogger)).toBe(silentLogger);
    const guarded = guardLogger(new CollectingLogger());
    expect(guardLogger(guarded)).toBe(guarded);
  });
});
