import { ReelflowError } from '../errors/reelflow-error.js';
import { searchKey } from './fold-title.js';

const longestName = 200;
const firstFilmYear = 1870;
const yearsAhead = 10;

/** What somebody searches for. */
export interface SearchName {
  readonly text: string;
  readonly year?: number;
  /** Equal for searches that mean the same words and year. */
  readonly key: string;
}

/**
 * Reads the name of a film as a person types it: 1 to 200 characters after trimming and NFC. A year in brackets at the
 * end, as in 'RRR (2022)', is the film's year; '1917' and 'Blade Runner 2049' are titles.
 * @throws INVALID_INPUT with what is allowed
 */
export function parseSearchName(name: unknown): SearchName {
  if (typeof name !== 'string') refuse(`must be a text, got ${name === null ? 'null' : typeof name}`);
  const text = String(name)
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  const length = [...text].length;
  if (length === 0) refuse('must not be empty: give 1 to 200 characters');
  if (length > longestName) refuse(`must have at most ${longestName} characters, got ${length}`);
  const { title, year } = splitYear(text);
  const key = searchKey(title, year);
  if (!/[\p{L}\p{N}]/u.test(title)) refuse('must hold at least one letter or digit');
  return { text: title, ...(year === undefined ? {} : { year }), key };
}

function splitYear(text: string): { title: string; year?: number } {
  const match = /^(.+?)\s*[([](\d{4})[)\]]$/u.exec(text);
  const year = Number(match?.[2]);
  if (match?.[1] === undefined || year < firstFilmYear || year > new Date().getUTCFullYear() + yearsAhead)
    return { title: text };
  return { title: match[1], year };
}

function refuse(reason: string): never {
  throw new ReelflowError('INVALID_INPUT', `the film name ${reason}`);
}
