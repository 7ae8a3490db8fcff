import { Socket } from 'node:net';
import type { QueryRunner } from 'typeorm';
import type { PreparedSql, Row, SqlParameter } from '../sql-connection.js';

/** What pg can and TypeORM cannot: names for statements, several in one exchange, and a way to break the connection. */
export interface PgClient {
  readonly connection: { readonly stream: Socket };
  on(event: 'error', listener: () => void): unknown;
  off(event: 'error', listener: () => void): unknown;
  query(text: string): Promise<PgResult | readonly PgResult[]>;
  query(statement: PreparedSql & { readonly values: readonly SqlParameter[] }): Promise<PgResult>;
}

interface PgResult {
  readonly rows: readonly Row[];
  readonly rowCount: number | null;
}

export async function runScript(runner: QueryRunner, statements: readonly string[]): Promise<readonly Row[]> {
  const client: unknown = await runner.connect();
  if (!isClient(client)) return oneByOne(runner, statements);
  const text = statements.join('; ');
  runner.dataSource.logger.logQuery(text, undefined, runner);
  const results = await client.query(text);
  return ('rows' in results ? results : results.at(-1))?.rows ?? [];
}

/** Planning takes longer than a short statement itself, and TypeORM has no name for a statement. */
export async function allPrepared(
  runner: QueryRunner,
  { name, text }: PreparedSql,
  parameters: readonly SqlParameter[],
): Promise<readonly Row[]> {
  const values = [...parameters];
  const client: unknown = await runner.connect();
  if (!isClient(client)) return (await runner.query(text, values, true)).records;
  runner.dataSource.logger.logQuery(text, values, runner);
  return (await client.query({ name, text, values })).rows;
}

export async function cut(runner: QueryRunner): Promise<void> {
  const client: unknown = await runner.connect();
  if (isClient(client)) await destroy(client);
}

/** A broken socket makes pg report the connection as lost, and the pool take it out; done when they have. */
export async function destroy({ connection: { stream } }: PgClient): Promise<void> {
  if (stream.closed) return;
  await new Promise<void>((resolve) => {
    stream.once('close', resolve); // pg hears of it first, and who listens to it
    stream.destroy();
  });
}

async function oneByOne(runner: QueryRunner, statements: readonly string[]): Promise<readonly Row[]> {
  let rows: readonly Row[] = [];
  for (const statement of statements) rows = (await runner.query(statement, [], true)).records;
  return rows;
}

/** pg shows its socket, but types no part of it. A host's pg-native has none. */
export function isClient(value: unknown): value is PgClient {
  if (typeof value !== 'object' || value === null || !('connection' in value)) return false;
  const { connection } = value;
  if (typeof connection !== 'object' || connection === null || !('stream' in connection)) return false;
  return connection.stream instanceof Socket; // a TLS one too
}
