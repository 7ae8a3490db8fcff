import { describe, expect, test } from 'vitest';
import { loadNodeSqlite } from '../../../src/adapters/typeorm/index.js';
import { sqliteErrorName } from '../../../src/adapters/typeorm/sqlite/error-names.js';
import { temporaryFile } from './helpers.js';

const NodeSqlite = await loadNodeSqlite();

describe('node:sqlite in the shape of better-sqlite3', () => {
  test('tells statements that give rows from those that do not', () => {
    const database = new NodeSqlite(':memory:');
    expect(database.prepare('CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT UNIQUE)').reader).toBe(false);
    database.prepare('CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT UNIQUE)').run();
    const insert = database.prepare('INSERT INTO t (name) VALUES (?)');
    expect(insert.reader).toBe(false);
    expect(insert.run('a')).toEqual({ changes: 1, lastInsertRowid: 1 });
    const returning = database.prepare('INSERT INTO t (name) VALUES (?) RETURNING id');
    expect(returning.reader).toBe(true);
    expect(returning.all('b')).toEqual([{ id: 2 }]);
    expect(database.pragma('user_version')).toEqual([{ user_version: 0 }]);
    database.close();
    database.close();
  });

  test('gives blobs as Buffers', () => {
    const database = new NodeSqlite(':memory:');
    const [row] = database.prepare(`SELECT x'01ff' AS blob`).all();
    expect(row?.['blob']).toEqual(Buffer.from([1, 255]));
    expect(Buffer.isBuffer(row?.['blob'])).toBe(true);
    database.close();
  });

  test('names errors as better-sqlite3 does', async () => {
    const database = new NodeSqlite(':memory:');
    database.prepare('CREATE TABLE t (name TEXT UNIQUE NOT NULL)').run();
    database.prepare('INSERT INTO t VALUES (?)').run('a');
    const insert = (name: string | null) => database.prepare('INSERT INTO t VALUES (?)').run(name);
    expect(() => insert('a')).toThrow(expect.objectContaining({ code: 'SQLITE_CONSTRAINT_UNIQUE' }));
    expect(() => insert(null)).toThrow(expect.objectContaining({ code: 'SQLITE_CONSTRAINT_NOTNULL' }));
    expect(() => database.prepare('SELEC 1')).toThrow(expect.objectContaining({ code: 'SQLITE_ERROR' }));
    database.close();
    const missing = await temporaryFile();
    expect(() => new NodeSqlite(missing, { readonly: true })).toThrow(
      expect.objectContaining({ code: 'SQLITE_CANTOPEN' }),
    );
  });

  test('names a code that it does not know by its family', () => {
    expect([5, 261, 266, 2].map(sqliteErrorName)).toEqual([
      'SQLITE_BUSY',
      'SQLITE_BUSY',
      'SQLITE_IOERR',
      'SQLITE_ERROR',
    ]);
  });
});
