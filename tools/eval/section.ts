/** One part of the evaluation: tables to read, and figures that must not fall. */
export interface Section {
  title: string;
  tables: Array<{ title: string; columns: string[]; rows: Array<Array<string | number>> }>;
  floors: Array<{ name: string; value: number; atLeast: number }>;
}
