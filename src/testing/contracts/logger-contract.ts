import assert from 'node:assert/strict';
import type { Logger } from '../../ports/logger.js';
import type { TestFunction } from '../test-function.js';

/** A logger under test that writes lines of every level. */
export interface LoggerUnderTest {
  readonly logger: Logger;
  /** What it has written so far, as text. @default that lines arrive is not tested */
  readonly written?: () => string | Promise<string>;
}

/** What every Logger promises. */
export function loggerContract(test: TestFunction, create: () => Promise<LoggerUnderTest>): void {
  test('writes message and fields of each level', async () => {
    const { logger, written } = await create();
    for (const level of levels) logger[level]({ event: `event-of-${level}`, attempt: 2 }, `message of ${level}`);
    if (written === undefined) return;
    const text = await written();
    for (const level of levels) {
      assert.ok(text.includes(`message of ${level}`), `the message of ${level} is missing`);
      assert.ok(text.includes(`event-of-${level}`), `the fields of ${level} are missing`);
    }
  });
  test('does not throw, whatever the fields are', async () => {
    const { logger } = await create();
    for (const level of levels) {
      for (const fields of oddFields()) logger[level](fields, 'odd fields');
    }
  });
  test('leaves the fields as they were', async () => {
    const { logger } = await create();
    const fields = { event: 'test', error: new Error('a failure'), nested: { list: [1, 2] } };
    const before = structuredClone(fields);
    for (const level of levels) logger[level](fields, 'a message');
    assert.deepEqual(Object.keys(fields), Object.keys(before));
    assert.deepEqual(fields.nested, before.nested);
    for (const level of levels) logger[level](Object.freeze({ event: 'frozen' }), 'a message');
  });
}

const levels = ['debug', 'info', 'warn', 'error'] as const;

/** What reaches a logger when things go wrong. */
function oddFields(): Array<Record<string, unknown>> {
  const cycle: Record<string, unknown> = { name: 'a cycle' };
  cycle['self'] = cycle;
  const looped = new Error('its cause is itself');
  looped.cause = looped;
  return [
    {},
    cycle,
    { error: looped },
    { error: undefined, value: null },
    { error: 'no error at all' },
    { id: 2n ** 70n, symbol: Symbol('s'), run() {}, text: '\uD800', at: new Date(Number.NaN) },
    {
      stubborn: {
        toJSON() {
          throw new Error('no JSON of this');
        },
      },
    },
  ];
}
