export type SqlValue = string | number | null;
export type Row = Readonly<Record<string, unknown>>;

/** One connection's statements, with `?` for parameters. Errors are ReelflowErrors. */
export interface SqlConnection {
  /** The rows of a query. */
  all(sql: string, parameters?: readonly SqlValue[]): Promise<readonly Row[]>;
  /** How many rows a statement touched. */
  run(sql: string, parameters?: readonly SqlValue[]): Promise<number>;
}
