import type { ReelflowError } from '../../../errors/reelflow-error.js';
import { driverError, type ErrorWords } from '../driver-error.js';

/** By the names that mysql2 gives the server's errors. Source: MySQL 8.0 and MariaDB 10.11, error references. */
const words: ErrorWords = {
  database: 'MySQL',
  codes: [
    ['PROTOCOL_', 'DB_CONNECTION'],
    ['ER_CON_COUNT_ERROR', 'DB_CONNECTION'],
    ['ER_TOO_MANY_USER_CONNECTIONS', 'DB_CONNECTION'],
    ['ER_SERVER_SHUTDOWN', 'DB_CONNECTION'],
    ['ER_NORMAL_SHUTDOWN', 'DB_CONNECTION'],
    ['ER_CONNECTION_KILLED', 'DB_CONNECTION'],
    ['ER_NEW_ABORTING_CONNECTION', 'DB_CONNECTION'],
    ['ER_ABORTING_CONNECTION', 'DB_CONNECTION'],
    ['ER_CLIENT_INTERACTION_TIMEOUT', 'DB_CONNECTION'],
    ['ER_NET_PACKET_TOO_LARGE', 'DB_CONSTRAINT'],
    ['ER_NET_', 'DB_CONNECTION'],
    ['ER_OUT_OF_RESOURCES', 'DB_CONNECTION'],
    ['ER_ACCESS_DENIED', 'DB_CONNECTION'],
    ['ER_DBACCESS_DENIED', 'DB_CONNECTION'],
    ['ER_BAD_DB', 'DB_CONNECTION'],
    ['ER_NOT_SUPPORTED_AUTH', 'DB_CONNECTION'],
    ['ER_LOCK_WAIT_TIMEOUT', 'DB_CONFLICT'],
    ['ER_LOCK_NOWAIT', 'DB_CONFLICT'],
    ['ER_LOCK_DEADLOCK', 'DB_CONFLICT'],
    ['ER_CHECKREAD', 'DB_CONFLICT'], // a row that changed since the snapshot, in MariaDB
    ['ER_QUERY_TIMEOUT', 'DB_TIMEOUT'],
    ['ER_STATEMENT_TIMEOUT', 'DB_TIMEOUT'],
    ['ER_QUERY_INTERRUPTED', 'DB_TIMEOUT'],
    ['ER_DISK_FULL', 'DB_STORAGE_FULL'],
    ['ER_RECORD_FILE_FULL', 'DB_STORAGE_FULL'],
    ['ER_OPTION_PREVENTS_STATEMENT', 'DB_READ_ONLY'],
    ['ER_CANT_EXECUTE_IN_READ_ONLY', 'DB_READ_ONLY'],
    ['ER_READ_ONLY_MODE', 'DB_READ_ONLY'],
    ['ER_TABLEACCESS_DENIED', 'DB_READ_ONLY'],
    ['ER_TRUNCATED_WRONG_VALUE_FOR_FIELD', 'DATA_ENCODING'],
    ['ER_INVALID_CHARACTER_STRING', 'DATA_ENCODING'],
    ['ER_DUP_', 'DB_CONSTRAINT'],
    ['ER_BAD_NULL', 'DB_CONSTRAINT'],
    ['ER_DATA_', 'DB_CONSTRAINT'],
    ['ER_WARN_DATA_OUT_OF_RANGE', 'DB_CONSTRAINT'],
    ['ER_NO_DEFAULT_FOR_FIELD', 'DB_CONSTRAINT'],
    ['ER_ROW_IS_REFERENCED', 'DB_CONSTRAINT'],
    ['ER_NO_REFERENCED_ROW', 'DB_CONSTRAINT'],
    ['ER_CONSTRAINT_FAILED', 'DB_CONSTRAINT'],
    ['ER_CHECK_CONSTRAINT_VIOLATED', 'DB_CONSTRAINT'],
    ['ER_SIGNAL_EXCEPTION', 'DB_CONSTRAINT'], // raised by a trigger of the host
    ['ER_TOO_BIG_ROWSIZE', 'DB_CONSTRAINT'],
    ['ER_TOO_LONG_KEY', 'DB_CONSTRAINT'],
  ],
  final: /^ER_(ACCESS_DENIED|DBACCESS_DENIED|BAD_DB|NOT_SUPPORTED_AUTH)/,
  sacrificed: /^ER_(LOCK_DEADLOCK|CHECKREAD)/,
  messages: [
    [/max_statement_time exceeded/i, 'DB_TIMEOUT'],
    [/closed state|connection lost|server has gone away|connection is closed/i, 'DB_CONNECTION'],
    [/already released/i, 'DB_CONNECTION'],
  ],
};

/** Codes that mysql2 knows by number only, or not at all: MariaDB's own and those of later servers. */
const byNumber: Readonly<Record<number, string>> = {
  1020: 'ER_CHECKREAD',
  1927: 'ER_CONNECTION_KILLED',
  1969: 'ER_STATEMENT_TIMEOUT',
  3572: 'ER_LOCK_NOWAIT',
  3819: 'ER_CHECK_CONSTRAINT_VIOLATED',
  4025: 'ER_CONSTRAINT_FAILED',
  4031: 'ER_CLIENT_INTERACTION_TIMEOUT',
};

/** Maps an error of mysql2, bare or wrapped by TypeORM. */
export const mysqlError = (thrown: unknown): ReelflowError => driverError(named(thrown), words);

function named(thrown: unknown): unknown {
  const inner = thrown instanceof Error && 'driverError' in thrown ? thrown.driverError : thrown;
  if (!(inner instanceof Error) || !('errno' in inner) || typeof inner.errno !== 'number') return inner;
  const code = byNumber[inner.errno];
  return code === undefined ? inner : Object.assign(inner, { code });
}
