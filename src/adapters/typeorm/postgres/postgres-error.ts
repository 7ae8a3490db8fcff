import type { ReelflowError } from '../../../errors/reelflow-error.js';
import { driverError, type ErrorWords } from '../driver-error.js';

/** By SQLSTATE. Source: PostgreSQL 15, appendix A. */
const words: ErrorWords = {
  database: 'PostgreSQL',
  codes: [
    ['08', 'DB_CONNECTION'],
    ['57P0', 'DB_CONNECTION'], // shut down, crashed, starting up
    ['57014', 'DB_TIMEOUT'], // cancelled by statement_timeout
    ['25P0', 'DB_TIMEOUT'], // cut off while idle in a transaction
    ['53100', 'DB_STORAGE_FULL'],
    ['53', 'DB_CONNECTION'], // out of memory or connections
    ['58', 'DB_CONNECTION'], // the server's own input and output
    ['40', 'DB_CONFLICT'],
    ['55', 'DB_CONFLICT'], // a lock that was not to be had in time
    ['23', 'DB_CONSTRAINT'],
    ['54', 'DB_CONSTRAINT'], // over a limit of the database, such as an index row's size
    ['22021', 'DATA_ENCODING'],
    ['22P05', 'DATA_ENCODING'],
    ['22001', 'DB_CONSTRAINT'],
    ['22003', 'DB_CONSTRAINT'],
    ['22', 'DATA_INVALID_FORMAT'],
    ['P0001', 'DB_CONSTRAINT'], // raised by a trigger of the host
    ['25006', 'DB_READ_ONLY'],
    ['42501', 'DB_READ_ONLY'], // the account may not write
    ['28', 'DB_CONNECTION'],
    ['3D000', 'DB_CONNECTION'],
  ],
  final: /^(28|3D000)/,
  sacrificed: /^40(001|P01)/,
  messages: [
    [/timeout exceeded when trying to connect|connection timeout|read timeout/i, 'DB_TIMEOUT'],
    [/connection terminated|connection error|connection ended|not queryable/i, 'DB_CONNECTION'],
    [/already released/i, 'DB_CONNECTION'], // TypeORM lets go of a connection that breaks
  ],
};

/** Maps an error of pg, bare or wrapped by TypeORM. */
export const postgresError = (thrown: unknown): ReelflowError => driverError(thrown, words);
