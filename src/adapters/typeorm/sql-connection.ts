export type SqlValue = string | number | null;
export type SqlRow = readonly SqlValue[];
/** What a `?` stands for: a value, or as many as the driver takes for one. */
export type SqlParameter = SqlValue | readonly SqlValue[] | readonly SqlRow[];
export type Row = Readonly<Record<string, unknown>>;

/** One connection's statements, with `?` for parameters. Errors are ReelflowErrors. */
export interface SqlConnection {
  /** The rows of a query. */
  all(sql: string, parameters?: readonly SqlParameter[]): Promise<readonly Row[]>;
  /** Runs statements without parameters, in one exchange where the driver can; resolves with the rows of the last. */
  script(statements: readonly string[]): Promise<readonly Row[]>;
  /** How many rows a statement touched. */
  run(sql: string, parameters?: readonly SqlParameter[]): Promise<number>;
}

/** A statement that comes again and again in the same words. */
export interface PreparedSql {
  /** Another one for other tables on the same connection of a host. */
  readonly name: string;
  /** As the driver takes it. */
  readonly text: string;
}
