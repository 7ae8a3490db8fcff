import type { Row, SqlValue } from './sql-connection.js';
import type { SqlSession } from './sql-session.js';

/** Rows to a statement: past some hundreds nothing is gained, and the text of the statement grows. */
const mostRows = 500;
/** Characters of values to a statement: escaped and in UTF-8 this stays below the smallest usual packet, 16 MB. */
const mostCharacters = 1_000_000;

/** Slices of a list that fit into one statement each. */
export function* batches<Item>(
  items: readonly Item[],
  { dialect }: SqlSession,
  parametersEach = 1,
): Generator<readonly Item[]> {
  const size = Math.max(1, Math.min(mostRows, Math.floor(dialect.maxParameters / parametersEach)));
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}

/** Slices of rows whose texts fit into one statement each. */
function* byLength(rows: ReadonlyArray<readonly SqlValue[]>): Generator<ReadonlyArray<readonly SqlValue[]>> {
  let from = 0;
  let characters = 0;
  for (const [index, row] of rows.entries()) {
    const length = row.reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 0), 0);
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
  readonly rows: ReadonlyArray<readonly SqlValue[]>;
  /** Replaces `columns` of a row that has the same key; without it the same key is a constraint violated. */
  readonly replace?: { readonly key: readonly string[]; readonly columns: readonly string[] };
}

/** Writes rows in statements of several hundred. */
export async function insert(session: SqlSession, { table, columns, rows, replace }: Insert): Promise<void> {
  const suffix = replace === undefined ? '' : session.dialect.replaceOnConflict(replace.key, replace.columns);
  const row = `(${columns.map(() => '?').join(', ')})`;
  for (const batch of batches(rows, session, columns.length)) {
    for (const slice of byLength(batch)) {
      const values = Array.from({ length: slice.length }, () => row).join(', ');
      await session.run(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ${values}${suffix}`, slice.flat());
    }
  }
}
/** The rows whose column has one of the values. */
export async function selectIn(
  session: SqlSession,
  {
    columns = '*',
    table,
    column,
    values,
    and = '',
  }: {
    readonly columns?: string;
    readonly table: string;
    readonly column: string;
    readonly values: readonly SqlValue[];
    /** A further condition, such as ' AND status = 1'. */
    readonly and?: string;
  },
): Promise<readonly Row[]> {
  const found: Row[] = [];
  for (const batch of batches(values, session)) {
    const rows = await session.all(`SELECT ${columns} FROM ${table} WHERE ${column} IN (${list(batch)})${and}`, batch);
    found.push(...rows);
  }
  return found;
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
    deleted += await session.run(`DELETE FROM ${table} WHERE ${column} IN (${list(batch)})${and}`, batch);
  }
  return deleted;
}

/** As many parameters as there are values. */
export const list = (values: readonly unknown[]): string => values.map(() => '?').join(', ');
