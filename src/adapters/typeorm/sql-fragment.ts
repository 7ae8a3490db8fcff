import type { SqlParameter, SqlRow, SqlValue } from './sql-connection.js';

/** A part of a statement, with the parameters for each `?` in it. */
export interface SqlFragment {
  readonly sql: string;
  readonly parameters: readonly SqlParameter[];
}

/** A column that gets the same in many rows. */
export type SameInAll = readonly [column: string, value: SqlValue];

/** How a condition is written that a text holds another one. */
export interface Holding {
  /** Follows the text's column. */
  readonly condition: string;
  /** What stands for the `?` in it. */
  pattern(part: string): string;
}

/** Where LIKE goes by the column's collation, which is byte by byte. */
export const like: Holding = {
  condition: ` LIKE ? ESCAPE '!'`,
  pattern: (part) => `%${part.replace(/[!%_]/g, (sign) => `!${sign}`)}%`,
};

/** As many parameters as there are values. */
export const list = (values: readonly unknown[]): string => values.map(() => '?').join(', ');

/** One parameter a value. */
export const inList = (_column: string, values: readonly SqlValue[]): SqlFragment => ({
  sql: ` IN (${list(values)})`,
  parameters: values,
});

/** One parameter a value. */
export function valueRows(columns: readonly string[], rows: readonly SqlRow[]): SqlFragment {
  const row = `(${list(columns)})`;
  return { sql: ` VALUES ${Array(rows.length).fill(row).join(', ')}`, parameters: rows.flat() };
}

/** Where UPDATE can take its values from other rows. */
export function updateFrom(
  table: string,
  [key, ...columns]: readonly string[],
  given: SqlFragment,
  [column, value]: SameInAll,
): SqlFragment {
  const set = columns.map((name) => `${name} = given.${name}, `).join('');
  return {
    sql:
      `WITH given (${[key, ...columns].join(', ')}) AS (${given.sql}) ` +
      `UPDATE ${table} AS known SET ${set}${column} = ? FROM given WHERE known.${key} = given.${key}`,
    parameters: [...given.parameters, value],
  };
}
