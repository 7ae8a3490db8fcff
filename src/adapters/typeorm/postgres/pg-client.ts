import { hash } from 'node:crypto';
import { Socket } from 'node:net';
import type { QueryRunner } from 'typeorm';
import type { Row, SqlParameter } from '../sql-connection.js';

/** What pg can and TypeORM cannot: names for statements, several in one exchange, and a way to break the connection. */
interface PgClient {
  readonly connection: { readonly stream: Socket };
  query(text: string): Promise<PgResult | readonly PgResult[]>;
  query(statement: PgStatement): Promise<PgResult>;
}

interface PgStatement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly SqlParameter[];
}

interface PgResult {
  readonly rows: readonly Row[];
  readonly rowCount: number | null;
}

/** Planning takes longer than a short statement itself. */
export async function runPrepared(runner: QueryRunner, text: string, values: readonly SqlParameter[]): Promise<number> {
  const client: unknown = await runner.connect();
  if (!isClient(client)) return (await runner.query(text, [...values], true)).affected ?? 0;
  runner.dataSource.logger.logQuery(text, [...values], runner);
  // Of another prefix the text is another one, on the same connection of a host.
  const { rowCount } = await client.query({ name: `reelflow_${hash('sha1', text)}`, text, values });
  return rowCount ?? 0;
}

export async function runScript(runner: QueryRunner, statements: readonly string[]): Promise<readonly Row[]> {
  const client: unknown = await runner.connect();
  if (!isClient(client)) return oneByOne(runner, statements);
  const text = statements.join('; ');
  runner.dataSource.logger.logQuery(text, undefined, runner);
  const results = await client.query(text);
  return ('rows' in results ? results : results.at(-1))?.rows ?? [];
}

/** A broken socket makes pg report the connection as lost, and TypeORM take it out of the pool; done when they have. */
export async function cut(runner: QueryRunner): Promise<void> {
  const client: unknown = await runner.connect();
  if (!isClient(client)) return;
  const { stream } = client.connection;
  if (stream.closed) return;
  await new Promise<void>((resolve) => {
    stream.once('close', resolve); // pg hears of it first, and TypeORM by pg
    stream.destroy();
  });
}

async function oneByOne(runner: QueryRunner, statements: readonly string[]): Promise<readonly Row[]> {
  let rows: readonly Row[] = [];
  for (const statement of statements) rows = (await runner.query(statement, [], true)).records;
  return rows;
}

/** pg shows its socket, but types no part of it. A host's pg-native has none. */
function isClient(value: unknown): value is PgClient {
  if (typeof value !== 'object' || value === null || !('connection' in value)) return false;
  const { connection } = value;
  if (typeof connection !== 'object' || connection === null || !('stream' in connection)) return false;
  return connection.stream instanceof Socket; // a TLS one too
}
