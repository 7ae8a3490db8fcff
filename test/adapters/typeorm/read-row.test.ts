import { describe, expect, test } from 'vitest';
import { number, numberOrNull } from '../../../src/adapters/typeorm/rows/read-row.js';

describe('database coordination: numbers as drivers give them', () => {
  // pg gives whatever a host's `types.setTypeParser` makes of a bigint, also on connections of ours.
  test.each([[579974], ['579974'], [579974n]])('%s is the number', (value) => {
    expect(number({ id: value }, 'id')).toBe(579974);
    expect(numberOrNull({ id: value }, 'id')).toBe(579974);
  });

  test.each([[null], [''], [true], [undefined]])('%s is none', (value) => {
    expect(() => number({ id: value }, 'id')).toThrow(/column id holds a value of type/);
  });
});
