import { describe, expect, test } from 'vitest';
import { TypeOrmRepository, type TypeOrmRepositoryOptions } from '../../../src/adapters/typeorm/index.js';
import { failure } from './helpers.js';

const memory = { type: 'sqlite', database: ':memory:' } as const;

describe('error handling: options of TypeOrmRepository.open', () => {
  test.each<[string, unknown, RegExp]>([
    ['no object', null, /object of options/],
    ['another database', { type: 'postgres', host: 'localhost' }, /type must be 'sqlite'.*postgres/],
    ['no type', { database: 'x.db' }, /type must be 'sqlite'/],
    ['no database', { type: 'sqlite' }, /database must be/],
    ['a blank database', { ...memory, database: ' ' }, /database must be/],
    ['a database with NUL', { ...memory, database: 'a\0b' }, /database must be/],
    ['a prefix with a quote', { ...memory, tablePrefix: 'a"; DROP' }, /tablePrefix must be/],
    ['a prefix of digits', { ...memory, tablePrefix: '1_' }, /tablePrefix must be/],
    ['an empty prefix', { ...memory, tablePrefix: '' }, /tablePrefix must be/],
    ['a long prefix', { ...memory, tablePrefix: 'p'.repeat(31) }, /tablePrefix must be/],
    ['a negative timeout', { ...memory, queryTimeoutMs: -1 }, /queryTimeoutMs must be/],
    ['a timeout that is no number', { ...memory, queryTimeoutMs: Number.NaN }, /queryTimeoutMs must be/],
    ['a migrate that is no flag', { ...memory, migrate: 'yes' }, /migrate must be/],
    ['a dataSource that is none', { dataSource: {} }, /dataSource must be/],
  ])('refuses %s', async (_name, options, message) => {
    const error = await failure(TypeOrmRepository.open(options as TypeOrmRepositoryOptions));
    expect(error.code).toBe('INVALID_OPTIONS');
    expect(error.message).toMatch(message);
  });

  test('takes an explicit undefined as the default', async () => {
    const rest = { tablePrefix: undefined, queryTimeoutMs: undefined, migrate: undefined };
    const repository = await TypeOrmRepository.open({ ...memory, ...rest });
    expect(await repository.health()).toEqual({ ok: true });
    await repository.close();
  });
});
