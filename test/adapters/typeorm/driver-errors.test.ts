import { describe, expect, test } from 'vitest';
import { mysqlError } from '../../../src/adapters/typeorm/mysql/mysql-error.js';
import { postgresError } from '../../../src/adapters/typeorm/postgres/postgres-error.js';

const said = (code: string, message = 'said') => Object.assign(new Error(message), { code });
const numbered = (errno: number, message = 'said') => Object.assign(new Error(message), { errno, code: 'UNKNOWN' });
const wrapped = (driverError: Error) => Object.assign(new Error('SELECT secret'), { driverError });

describe("error handling: what the servers' drivers say", () => {
  test.each([
    [said('08006'), 'DB_CONNECTION', true],
    [said('57P01'), 'DB_CONNECTION', true],
    [said('57P03'), 'DB_CONNECTION', true],
    [said('53300'), 'DB_CONNECTION', true],
    [said('58030'), 'DB_CONNECTION', true],
    [said('ECONNREFUSED'), 'DB_CONNECTION', true],
    [said('ENOTFOUND'), 'DB_CONNECTION', true],
    [new AggregateError([said('ECONNREFUSED'), said('ECONNREFUSED')]), 'DB_CONNECTION', true],
    [new Error('Connection terminated unexpectedly'), 'DB_CONNECTION', true],
    [said('28P01'), 'DB_CONNECTION', false],
    [said('3D000'), 'DB_CONNECTION', false],
    [said('57014'), 'DB_TIMEOUT', true],
    [said('25P03'), 'DB_TIMEOUT', true],
    [said('ETIMEDOUT'), 'DB_TIMEOUT', true],
    [new Error('timeout exceeded when trying to connect'), 'DB_TIMEOUT', true],
    [said('40001'), 'DB_CONFLICT', true],
    [said('40P01'), 'DB_CONFLICT', true],
    [said('55P03'), 'DB_CONFLICT', true],
    [said('53100'), 'DB_STORAGE_FULL', false],
    [said('25006'), 'DB_READ_ONLY', false],
    [said('42501'), 'DB_READ_ONLY', false],
    [said('23505'), 'DB_CONSTRAINT', false],
    [said('54000'), 'DB_CONSTRAINT', false],
    [said('22001'), 'DB_CONSTRAINT', false],
    [said('22021'), 'DATA_ENCODING', false],
    [said('22P02'), 'DATA_INVALID_FORMAT', false],
    [said('42P01'), 'UNEXPECTED', false],
    [new Error('Cannot use a pool after calling end on the pool'), 'CLOSED', false],
    ['a text', 'UNEXPECTED', false],
  ])('PostgreSQL: %o is %s', (thrown, code, retryable) => {
    expect(postgresError(thrown)).toMatchObject({ code, retryable });
    if (thrown instanceof Error) expect(postgresError(wrapped(thrown))).toMatchObject({ code, retryable });
  });

  test.each([
    [said('PROTOCOL_CONNECTION_LOST'), 'DB_CONNECTION', true],
    [said('ECONNRESET'), 'DB_CONNECTION', true],
    [said('ER_CON_COUNT_ERROR'), 'DB_CONNECTION', true],
    [said('ER_SERVER_SHUTDOWN'), 'DB_CONNECTION', true],
    [numbered(1927), 'DB_CONNECTION', true],
    [new Error("Can't add new command when connection is in closed state"), 'DB_CONNECTION', true],
    [said('ER_ACCESS_DENIED_ERROR'), 'DB_CONNECTION', false],
    [said('ER_BAD_DB_ERROR'), 'DB_CONNECTION', false],
    [said('ER_LOCK_WAIT_TIMEOUT'), 'DB_CONFLICT', true],
    [said('ER_LOCK_DEADLOCK'), 'DB_CONFLICT', true],
    [numbered(1020), 'DB_CONFLICT', true],
    [numbered(3572), 'DB_CONFLICT', true],
    [numbered(1969), 'DB_TIMEOUT', true],
    [said('ER_QUERY_TIMEOUT'), 'DB_TIMEOUT', true],
    [said('ETIMEDOUT'), 'DB_TIMEOUT', true],
    [said('ER_RECORD_FILE_FULL'), 'DB_STORAGE_FULL', false],
    [said('ER_DISK_FULL'), 'DB_STORAGE_FULL', false],
    [said('ER_OPTION_PREVENTS_STATEMENT'), 'DB_READ_ONLY', false],
    [said('ER_TABLEACCESS_DENIED_ERROR'), 'DB_READ_ONLY', false],
    [said('ER_DUP_ENTRY'), 'DB_CONSTRAINT', false],
    [said('ER_DATA_TOO_LONG'), 'DB_CONSTRAINT', false],
    [numbered(4025), 'DB_CONSTRAINT', false],
    [numbered(3819), 'DB_CONSTRAINT', false],
    [said('ER_TRUNCATED_WRONG_VALUE_FOR_FIELD'), 'DATA_ENCODING', false],
    [said('ER_NO_SUCH_TABLE'), 'UNEXPECTED', false],
    [new Error('Pool is closed.'), 'CLOSED', false],
  ])('MySQL: %o is %s', (thrown, code, retryable) => {
    expect(mysqlError(thrown)).toMatchObject({ code, retryable });
    expect(mysqlError(wrapped(thrown))).toMatchObject({ code, retryable });
  });

  test('only transactions that were given up for others may be done again at once', () => {
    expect(postgresError(said('40P01')).details).toMatchObject({ sacrificed: true });
    expect(mysqlError(said('ER_LOCK_DEADLOCK')).details).toMatchObject({ sacrificed: true });
    expect(postgresError(said('55P03')).details).not.toHaveProperty('sacrificed');
    expect(mysqlError(said('ER_LOCK_WAIT_TIMEOUT')).details).not.toHaveProperty('sacrificed');
  });

  test('a password in what a driver says is taken out', () => {
    const error = postgresError(said('08001', 'cannot reach postgres://me:hunter2@db/films'));
    const cause = Object(error.cause);
    expect(`${error.message} ${cause.message} ${cause.stack}`).not.toContain('hunter2');
  });
});
