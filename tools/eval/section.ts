/** What one part of the evaluation found. */
export interface Section {
  readonly title: string;
  readonly tables: Array<{ title: string; columns: string[]; rows: Array<Array<string | number>> }>;
  /** What must hold. */
  readonly floors: Array<{ name: string; value: number; atLeast: number }>;
}
