import { ReelflowError } from '../../../errors/reelflow-error.js';
import type { Row } from '../sql-connection.js';

/** Reads the columns of one row as what they hold; drivers give big numbers as text, or as a host has set them to. */
export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw unreadable(column, value);
  return value;
}

export function textOrNull(row: Row, column: string): string | null {
  return row[column] === null ? null : text(row, column);
}

export function number(row: Row, column: string): number {
  const value = row[column];
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint' || (typeof value === 'string' && value !== '')) return Number(value);
  throw unreadable(column, value);
}

export function numberOrNull(row: Row, column: string): number | null {
  return row[column] === null ? null : number(row, column);
}

/** @typeParam Value - what this library wrote there: a store is not read defensively field by field */
export function json<Value>(row: Row, column: string): Value {
  const content = text(row, column);
  try {
    return JSON.parse(content);
  } catch (error) {
    throw new ReelflowError('DATA_PARSE', `column ${column} holds no JSON`, { cause: error });
  }
}

export function jsonOrNull<Value>(row: Row, column: string): Value | null {
  return row[column] === null ? null : json<Value>(row, column);
}

const unreadable = (column: string, value: unknown): ReelflowError =>
  new ReelflowError('DATA_INVALID_FORMAT', `column ${column} holds a value of type ${typeof value}`);
