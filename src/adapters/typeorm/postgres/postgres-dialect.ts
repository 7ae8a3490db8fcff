import type { DataSource } from 'typeorm';
import { ReelflowError } from '../../../errors/reelflow-error.js';
import type { BeginOptions, LoneStatements, ServerDialect } from '../dialect.js';
import { longestIdleMs } from '../longest-idle.js';
import type { SqlConnection } from '../sql-connection.js';
import { like, updateFrom } from '../sql-fragment.js';
import { waitFor } from '../wait-for.js';
import { allPrepared, cut, runScript } from './pg-client.js';
import { postgresError } from './postgres-error.js';
import { runAlone } from './run-alone.js';
import { arrayOf, unnested } from './unnested.js';

const schemaLock = (tablePrefix: string): string => `${tablePrefix} migrations`;
const quoted = (name: string): string => `"${name}"`;

export const postgresDialect: ServerDialect = {
  drivers: ['postgres'],
  singleConnection: false,
  maxParameters: 65_535, // a 16-bit count in the protocol
  mostRows: 4000,
  nowMs: 'floor(extract(epoch from clock_timestamp()) * 1000)::bigint',
  holding: like,
  oneOf: (column, values) => ({ sql: ` = ANY(?::${arrayOf(column)})`, parameters: [values] }),
  rows: unnested,
  update: (table, columns, rows, same) => updateFrom(table, columns, unnested(columns, rows), same),
  begin,
  lone: {
    lockRun,
    relaxed: `, (SELECT set_config('synchronous_commit', 'off', true)) AS relaxed`,
    writesInWith: true,
    run: runAlone,
  },
  runScript,
  allPrepared,
  toError: postgresError,

  toDriver(sql) {
    let parameters = 0;
    return sql.replace(/\?/g, () => {
      parameters += 1;
      return `$${parameters}`;
    });
  },

  nameOf(table, { options }) {
    const schema = options.type === 'postgres' ? options.schema : undefined;
    return schema === undefined ? quoted(table) : `${quoted(schema)}.${quoted(table)}`;
  },

  // A transaction holds it: with a pool in between, a lock of the session would stay with a connection that is not ours.
  async lockSchema(session, tablePrefix) {
    const [row] = await session.script([
      'BEGIN',
      'SET LOCAL idle_in_transaction_session_timeout = 0',
      `SELECT pg_try_advisory_xact_lock(hashtextextended('${schemaLock(tablePrefix)}', 0)) AS held`,
    ]);
    const isHeld = row?.['held'] === true;
    if (!isHeld) await session.run('ROLLBACK');
    return isHeld;
  },

  async unlockSchema(session) {
    await session.run('COMMIT');
  },

  replaceOnConflict(key, columns) {
    const assignments = columns.map((column) => `${column} = excluded.${column}`);
    return ` ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${assignments.join(', ')}`;
  },

  async existingTables(dataSource) {
    const { options } = dataSource;
    const schema = options.type === 'postgres' ? options.schema : undefined;
    const rows: ReadonlyArray<{ readonly name: string }> = await dataSource.query(
      'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = coalesce($1, current_schema())',
      [schema ?? null],
    );
    return new Set(rows.map(({ name }) => name));
  },

  async checkSettings(dataSource: DataSource) {
    const [row]: ReadonlyArray<{ readonly encoding: string }> = await dataSource.query(
      `SELECT current_setting('server_encoding') AS encoding`,
    );
    if (row?.encoding === 'UTF8') return;
    throw new ReelflowError(
      'INVALID_OPTIONS',
      `the database is encoded in ${row?.encoding}, which does not hold every title: make it with ENCODING 'UTF8'`,
    );
  },

  cut,
};

/**
 * READ COMMITTED whatever the host's default is, so that what is read after the lock is what the last writer left. The
 * lock is asked for again and again: a statement that waits in the server would not hear the signal.
 */
async function begin(session: SqlConnection, options: BeginOptions): Promise<void> {
  const limits = { statement_timeout: options.timeoutMs, lock_timeout: options.timeoutMs, ...whenSilent(options) };
  const set = Object.entries(limits).map(([name, limit]) => `SET LOCAL ${name} = ${Math.ceil(limit)}`);
  if (options.relaxed === true) set.push('SET LOCAL synchronous_commit = off');
  // By the table's own number: it is the same table however whoever opens it names its schema, or leaves it out.
  const table = `$table$${options.lockTable}$table$::regclass::oid::bigint`;
  const ask = `SELECT pg_try_advisory_xact_lock(hashtextextended('reelflow', ${table})) AS held`;
  let statements = ['BEGIN ISOLATION LEVEL READ COMMITTED', ...set, ask];
  await waitFor(async () => {
    const [row] = await session.script(statements);
    statements = [ask];
    return row?.['held'] === true;
  }, options);
}

/** Bytes that travel in one piece, so that the end of a statement never comes without what it begins with. */
const onePiece = 1000;
const bytesEach = 3;

/** No statement of the kind waits for more rows. */
const mostWaits = 10;

/**
 * What we cease to wait for runs on in the server, and could record an older outcome after a newer one: the server gives
 * up first. A statement in pieces can have run when the network goes silent before its last bytes, which would end it.
 */
function lockRun({ timeoutMs, characters }: Parameters<LoneStatements['lockRun']>[0]): string {
  const settings = {
    lock_timeout: timeoutMs / mostWaits,
    ...(characters * bytesEach < onePiece ? {} : keepAlive({ timeoutMs })),
  };
  const set = Object.entries(settings).map(
    ([name, value]) => ` AND set_config('${name}', '${Math.ceil(value)}', true) IS NOT NULL`,
  );
  return `${set.join('')} FOR SHARE OF run NOWAIT`;
}

/**
 * When the network between us goes silent, the server ends the transaction by itself: else its lock would stand until
 * TCP gives up, by default after two hours. No timeout of PostgreSQL acts while a statement has arrived by half; there
 * it is only TCP that can tell.
 */
function whenSilent(options: BeginOptions): Readonly<Record<string, number>> {
  return { idle_in_transaction_session_timeout: longestIdleMs(options), ...keepAlive(options) };
}

function keepAlive(options: Pick<BeginOptions, 'timeoutMs'>): Readonly<Record<string, number>> {
  const idleMs = longestIdleMs(options);
  return {
    tcp_keepalives_idle: idleMs / 1000,
    tcp_keepalives_interval: idleMs / 3000,
    tcp_keepalives_count: 3,
  };
}
