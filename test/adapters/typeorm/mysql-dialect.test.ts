import type { DataSource } from 'typeorm';
import { describe, expect, test } from 'vitest';
import { mysqlDialect } from '../../../src/adapters/typeorm/mysql/mysql-dialect.js';
import { failure } from './helpers.js';

/** A server that answers each query with these rows. */
const server = (...rows: readonly object[]) => ({ query: async () => rows }) as unknown as DataSource;

describe('database coordination: settings of MySQL', () => {
  const settings = { mode: 'STRICT_TRANS_TABLES', charset: 'utf8mb4', packet: '16777216' };

  test('a packet that is too small is refused by its name', async () => {
    await mysqlDialect.checkSettings(server(settings));
    const error = await failure(mysqlDialect.checkSettings(server({ ...settings, packet: 1_048_576 })));
    expect([error.code, error.message]).toEqual(['INVALID_OPTIONS', expect.stringContaining('max_allowed_packet')]);
  });

  test.each([
    ['kept as they are', 0, 'Shop_movies', true],
    ['kept as they are, of another table', 0, 'shop_movies', false],
    ['kept in small letters', 1, 'shop_movies', true],
    ['compared in small letters', '2', 'SHOP_movies', true],
  ])('names of tables are %s', async (_name, folds, name, isThere) => {
    const existing = await mysqlDialect.existingTables(server({ name, folds }), ['Shop_movies', 'Shop_runs']);
    expect([...existing]).toEqual(isThere ? ['Shop_movies'] : []);
  });
});
