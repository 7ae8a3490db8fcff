import type { Row, SqlRow, SqlValue } from './sql-connection.js';
import type { SameInAll } from './sql-fragment.js';
import type { SqlSession } from './sql-session.js';

/** Characters of values to a statement: escaped and in UTF-8 this stays below the smallest usual packet, 16 MB. */
const mostCharacters = 1_000_000;

export function* inParts<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}

/** Slices of a list that fit into one statement each. */
export function batches<Item>(
  items: readonly Item[],
  { dialect: { mostRows, maxParameters } }: SqlSession,
  parametersEach = 1,
): Generator<readonly Item[]> {
  return inParts(items, Math.max(1, Math.min(mostRows, Math.floor(maxParameters / parametersEach))));
}

/** Slices of rows that fit into one statement each, also by the length of their texts. */
function* slices(rows: readonly SqlRow[], session: SqlSession): Generator<readonly SqlRow[]> {
  for (const batch of batches(rows, session, rows[0]?.length)) yield* byLength(batch);
}

function* byLength(rows: readonly SqlRow[]): Generator<readonly SqlRow[]> {
  let from = 0;
  let characters = 0;
  for (const [index, row] of rows.entries()) {
    let length = 0;
    for (const value of row) if (typeof value === 'string') length += value.length;
    if (index > from && characters + length > mostCharacters) {
      yield rows.slice(from, index);
      from = index;
      characters = 0;
    }
    characters += length;
  }
  if (from < rows.length) yield rows.slice(from);
}

export interface Insert {
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: readonly SqlRow[];
  /** Replaces `columns` of a row that has the same key; without it the same key is a constraint violated. */
  readonly replace?: { readonly key: readonly string[]; readonly columns: readonly string[] };
}

/** Writes rows, many to a statement. */
export async function insert(session: SqlSession, { table, columns, rows, replace }: Insert): Promise<void> {
  const suffix = replace === undefined ? '' : session.dialect.replaceOnConflict(replace.key, replace.columns);
  for (const slice of slices(rows, session)) {
    const given = session.dialect.rows(columns, slice);
    await session.run(`INSERT INTO ${table} (${columns.join(', ')})${given.sql}${suffix}`, given.parameters);
  }
}

/** Writes columns of rows that are stored, many to a statement; the first is a number that names the row. */
export async function update(
  session: SqlSession,
  { table, columns, rows, same }: Pick<Insert, 'table' | 'columns' | 'rows'> & { readonly same: SameInAll },
): Promise<void> {
  for (const slice of slices(rows, session)) {
    const { sql, parameters } = session.dialect.update(table, columns, slice, same);
    await session.run(sql, parameters);
  }
}

/** Rows by the values of a column. */
export interface Chosen {
  readonly table: string;
  readonly column: string;
  readonly values: readonly SqlValue[];
  /** A further condition, such as ' AND status = 1'. */
  readonly and?: string;
}

/** The rows whose column has one of the values. */
export async function selectIn(
  session: SqlSession,
  { columns = '*', table, column, values, and = '' }: Chosen & { readonly columns?: string },
): Promise<readonly Row[]> {
  const found: Row[] = [];
  for (const batch of batches(values, session)) {
    const { sql, parameters } = session.dialect.oneOf(column, batch);
    found.push(...(await session.all(`SELECT ${columns} FROM ${table} WHERE ${column}${sql}${and}`, parameters)));
  }
  return found;
}

/** Sets columns to the same in all rows whose column has one of the values; resolves with how many there were. */
export async function updateIn(
  session: SqlSession,
  { set, to, table, column, values, and = '' }: Chosen & { readonly set: string; readonly to: readonly SqlValue[] },
): Promise<number> {
  let updated = 0;
  for (const batch of batches(values, session)) {
    const { sql, parameters } = session.dialect.oneOf(column, batch);
    const statement = `UPDATE ${table} SET ${set} WHERE ${column}${sql}${and}`;
    updated += await session.run(statement, [...to, ...parameters]);
  }
  return updated;
}

/** Deletes the rows whose column has one of the values; resolves with how many there were. */
export async function deleteIn(
  session: SqlSession,
  table: string,
  column: string,
  values: readonly SqlValue[],
  and = '',
): Promise<number> {
  let deleted = 0;
  for (const batch of batches(values, session)) {
    const { sql, parameters } = session.dialect.oneOf(column, batch);
    deleted += await session.run(`DELETE FROM ${table} WHERE ${column}${sql}${and}`, parameters);
  }
  return deleted;
}
