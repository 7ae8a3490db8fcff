import { columnType } from '../schema/column-types.js';
import { kindOf } from '../schema/columns.js';
import type { SqlRow } from '../sql-connection.js';
import type { SqlFragment } from '../sql-fragment.js';

/** The type of an array of values of a column. */
export function arrayOf(column: string): string {
  const kind = kindOf(column);
  const type = kind === undefined ? 'text' : columnType(kind, 'postgres').type;
  return `${type === 'varchar' ? 'text' : type}[]`;
}

/** An array a column: a statement that is short, and is parsed once, however many rows it takes. */
export const unnested = (columns: readonly string[], rows: readonly SqlRow[]): SqlFragment => ({
  sql: ` SELECT * FROM unnest(${columns.map((column) => `?::${arrayOf(column)}`).join(', ')})`,
  parameters: columns.map((_column, index) => rows.map((row) => row[index] ?? null)),
});
