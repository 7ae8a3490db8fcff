export type SqlValue = string | number | null;
/** What a `?` stands for: a value, or many of one column where the database takes arrays. */
export type SqlParameter = SqlValue | readonly SqlValue[];
export type Row = Readonly<Record<string, unknown>>;

/** One connection's statements, with `?` for parameters. Errors are ReelflowErrors. */
export interface SqlConnection {
  /** The rows of a query. */
  all(sql: string, parameters?: readonly SqlParameter[]): Promise<readonly Row[]>;
  /** How many rows a statement touched. */
  run(sql: string, parameters?: readonly SqlParameter[]): Promise<number>;
}
