/** One part of the quality report: what was measured, and what it must reach. */
export interface Section {
  title: string;
  tables: Array<{ title: string; columns: string[]; rows: Array<Array<string | number>> }>;
  floors: Array<{ name: string; value: number; atLeast: number }>;
}
