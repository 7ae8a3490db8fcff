/** The part of a stream that is needed: process.stdout, or a test's own. */
export interface CliStream {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** Everything that the command takes from the process it runs in. */
export interface CliIo {
  /** Results alone. */
  readonly stdout: CliStream;
  /** Messages and progress. */
  readonly stderr: CliStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Relative paths begin here. */
  readonly cwd: string;
  /** Ends what runs; its reason says by which signal, see {@link interrupted}. */
  readonly signal: AbortSignal;
  /** @default that of this process, without the v */
  readonly nodeVersion?: string | undefined;
}
