import { parseSearchName, type SearchName } from '../domain/search-name.js';
import type { Priority, SearchOptions } from '../domain/workflow-run.js';
import { ReelflowError } from '../errors/reelflow-error.js';
import { refuseUnknown } from '../errors/refuse-unknown.js';
import { shown } from '../errors/shown.js';

const mostReviews = 1000;
const defaultReviews = 10;
const known = {
  collectNewData: true,
  maxReviews: true,
  deadlineMs: true,
  priority: true,
  signal: true,
} as const;
const defaultDeadlineMs = 120_000;

/** A search whose every part was checked. */
export interface SearchRequest {
  /** As it was typed. */
  readonly movieName: string;
  readonly name: SearchName;
  readonly collectNewData: boolean | undefined;
  readonly maxReviews: number;
  readonly deadlineMs: number;
  readonly priority: Priority;
}

/** @throws INVALID_INPUT with what is allowed */
export function parseSearchRequest(movieName: unknown, options: unknown = {}): SearchRequest {
  const name = parseSearchName(movieName);
  if (typeof options !== 'object' || options === null) refuse('the options must be an object');
  refuseUnknown<SearchOptions>('a search', options as SearchOptions, known, 'INVALID_INPUT');
  const {
    collectNewData,
    maxReviews = defaultReviews,
    deadlineMs = defaultDeadlineMs,
    priority = 'interactive',
    signal,
  } = options as SearchOptions;
  if (!Number.isInteger(maxReviews) || maxReviews < 0 || maxReviews > mostReviews) {
    refuse(`maxReviews must be a whole number from 0 to ${mostReviews}, got ${shown(maxReviews)}`);
  }
  if (collectNewData !== undefined && typeof collectNewData !== 'boolean') {
    refuse(`collectNewData must be true, false or absent, got ${shown(collectNewData)}`);
  }
  if (typeof deadlineMs !== 'number' || !(deadlineMs > 0)) {
    refuse(`deadlineMs must be a number of milliseconds above 0, got ${shown(deadlineMs)}`);
  }
  if (priority !== 'interactive' && priority !== 'background') {
    refuse(`priority must be 'interactive' or 'background', got ${shown(priority)}`);
  }
  if (signal !== undefined && typeof signal?.addEventListener !== 'function') refuse('signal must be an AbortSignal');
  const given = String(movieName)
    .toWellFormed()
    .replace(/\p{Cc}/gu, ' '); // for logs and stores, which hold no NUL
  return { movieName: given, name, collectNewData, maxReviews, deadlineMs, priority };
}

/** The options as a run record keeps them. */
export const storedOptions = ({ collectNewData, maxReviews, deadlineMs, priority }: SearchRequest): SearchOptions => ({
  ...(collectNewData === undefined ? {} : { collectNewData }),
  maxReviews,
  deadlineMs,
  priority,
});

function refuse(message: string): never {
  throw new ReelflowError('INVALID_INPUT', message);
}
