import { describe, expect, test } from 'vitest';
import { TypeOrmRepository, type TypeOrmRepositoryOptions } from '../../../src/adapters/typeorm/index.js';
import { failure } from './helpers.js';

const server = { type: 'postgres', database: 'x' } as const;
const memory = { type: 'sqlite', database: ':memory:' } as const;

describe('error handling: options of TypeOrmRepository.open', () => {
  test.each<[string, unknown, RegExp]>([
    ['no object', null, /object of options/],
    ['another database', { type: 'oracle', host: 'localhost' }, /type must be 'sqlite'.*oracle/],
    ['no type', { database: 'x.db' }, /type must be 'sqlite'/],
    ['a server without a database', { type: 'postgres', host: 'localhost' }, /database must be the name/],
    ['a url that is none', { type: 'mysql', url: 'localhost' }, /url must be like mysql:/],
    [
      'a url of MySQL with a query',
      { type: 'mysql', url: 'mysql://db/x?ssl=true' },
      /^url of mysql must hold no query/,
    ],
    ['a port of text', { ...server, port: '5432' }, /port must be a whole number/],
    ['a pool of one', { ...server, poolSize: 1 }, /poolSize must be a whole number from 2 up/],
    ['a host that is no text', { ...server, host: 5 }, /host must be a text/],
    ['a schema with a quote', { ...server, schema: 'a"b' }, /schema must be the name/],
    ['a schema of MySQL', { ...server, type: 'mysql', schema: 'a' }, /schema must be the name/],
    ['no time for a server', { ...server, queryTimeoutMs: 0 }, /queryTimeoutMs must be above 0/],
    ['no database', { type: 'sqlite' }, /database must be/],
    ['a blank database', { ...memory, database: ' ' }, /database must be/],
    ['a database with NUL', { ...memory, database: 'a\0b' }, /database must be/],
    ['a prefix with a quote', { ...memory, tablePrefix: 'a"; DROP' }, /tablePrefix must be/],
    ['a prefix of digits', { ...memory, tablePrefix: '1_' }, /tablePrefix must be/],
    ['an empty prefix', { ...memory, tablePrefix: '' }, /tablePrefix must be/],
    ['a long prefix', { ...memory, tablePrefix: 'p'.repeat(31) }, /tablePrefix must be/],
    ['a negative timeout', { ...memory, queryTimeoutMs: -1 }, /queryTimeoutMs must be/],
    ['a timeout that is no number', { ...memory, queryTimeoutMs: Number.NaN }, /queryTimeoutMs must be/],
    ['a timeout that no timer takes', { ...memory, queryTimeoutMs: 2 ** 31 }, /queryTimeoutMs must be/],
    ['a migrate that is no flag', { ...memory, migrate: 'yes' }, /migrate must be/],
    ['a dataSource that is none', { dataSource: {} }, /dataSource must be/],
    ['a bare % in a password', { type: 'postgres', url: 'postgres://me:100%@host/db' }, /percent-encoded.*% as %25/],
    [
      'a misspelled option',
      { ...server, poolsize: 5 },
      /^poolsize is no option of a repository on a server; there are/,
    ],
    ['a host for a file', { ...memory, host: 'db' }, /^host is no option of a repository in SQLite; there are/],
    [
      'a file beside a dataSource',
      { dataSource: {}, database: 'x' },
      /^database is no option of a repository with a d/,
    ],
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
