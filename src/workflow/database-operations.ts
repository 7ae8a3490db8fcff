import type { CallOptions } from '../coordinator/call-options.js';
import { searchKey } from '../domain/fold-title.js';
import { releaseYear } from '../domain/movie.js';
import type { RejectedRecord } from '../domain/records.js';
import type { Review } from '../domain/review.js';
import { parseMovie, parseReview } from '../domain/schemas.js';
import { toReelflowError } from '../errors/classify-error.js';
import { ReelflowError } from '../errors/reelflow-error.js';
import { type SerializedError, serializeError } from '../errors/serialized-error.js';
import type { WriteBatch, WriteReport } from '../ports/repository.js';
import type { ResolvedManagerOptions } from './manager-options.js';
import type { StorageWriter } from './storage/storage-writer.js';

export interface DatabaseInput {
  readonly movie?: unknown;
  readonly reviews?: readonly unknown[] | undefined;
}

export interface DatabaseReport {
  /** Everything that was given is stored. */
  readonly success: boolean;
  readonly movieStored: boolean;
  /** The repository's id of the film, as text. */
  readonly movieId: string | null;
  /** Posts that the store holds now: inserted, updated and unchanged ones. */
  readonly reviewsStored: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Posts that were refused; they are in quarantine. */
  readonly rejected: number;
  /** The database could not be written: everything waits in the spool, and is stored when it can. */
  readonly diverted?: true;
  readonly errors: readonly SerializedError[];
}

/** Checks and stores a film and posts of the host's. @throws INVALID_INPUT, CANCELLED */
export async function storeData(
  options: ResolvedManagerOptions,
  input: DatabaseInput,
  call: CallOptions,
  writer: StorageWriter,
): Promise<DatabaseReport> {
  checkInput(input);
  const rejected: RejectedRecord[] = [];
  const batch = batchOf(input, rejected);
  const errors = rejected.map(({ reason }) => reason);
  const attempt = async () => {
    const outcome = await options.coordinator.coordinateDbOperation(
      'store_collection',
      ({ signal }) => options.repository.apply(batch, { signal }),
      call,
    );
    if (outcome.success) return outcome.result;
    throw outcome.error;
  };
  try {
    const { report, diverted } = await writer.write(attempt, { batch });
    const more = diverted === null ? (report.rejected ?? []).map(({ reason }) => reason) : [diverted];
    return reportOf(report, batch, rejected, [...errors, ...more], diverted !== null);
  } catch (thrown) {
    const error = toReelflowError(thrown, 'database');
    if (error.code === 'CANCELLED' || error.code === 'CLOSED') throw error;
    return reportOf(null, batch, rejected, [...errors, serializeError(error, { step: 'store' })], false);
  }
}

function checkInput(input: unknown): asserts input is DatabaseInput {
  const fail = (message: string): never => {
    throw new ReelflowError('INVALID_INPUT', message);
  };
  if (typeof input !== 'object' || input === null) fail('give an object with movie, reviews, or both');
  const { movie, reviews } = input as DatabaseInput;
  if (movie === undefined && reviews === undefined) fail('give a movie, reviews, or both: there is nothing to store');
  if (reviews !== undefined && !Array.isArray(reviews)) fail('reviews must be an array');
}

function batchOf({ movie, reviews = [] }: DatabaseInput, rejected: RejectedRecord[]): WriteBatch {
  const fetchedAt = new Date().toISOString();
  const film = movie === undefined || movie === null ? undefined : parseMovie(movie);
  if (film?.ok === false) rejected.push(film.rejected);
  const posts: Review[] = [];
  for (const raw of reviews) {
    const parsed = parseReview(raw);
    if (parsed.ok) posts.push(parsed.value);
    else rejected.push(parsed.rejected);
  }
  return {
    ...(film?.ok === true
      ? { film: { movie: film.value, relatedIds: [], fetchedAt, searchKeys: keysOf(film.value) } }
      : {}),
    ...(posts.length === 0 ? {} : { reviews: { reviews: posts, fetchedAt } }),
    ...(rejected.length === 0 ? {} : { rejected }),
  };
}

/** Who stores a film by hand means it when its title is searched. */
function keysOf(movie: { readonly title: string; readonly releaseDate: string | null }): string[] {
  const year = releaseYear(movie);
  return [searchKey(movie.title), ...(year === null ? [] : [searchKey(movie.title, year)])];
}

function reportOf(
  report: WriteReport | null,
  { film }: WriteBatch,
  rejected: readonly RejectedRecord[],
  errors: readonly SerializedError[],
  diverted: boolean,
): DatabaseReport {
  const { inserted, updated, unchanged } = report?.reviews ?? { inserted: 0, updated: 0, unchanged: 0 };
  const refused = [...rejected, ...(report?.rejected ?? [])];
  const movieStored =
    report !== null && film !== undefined && !(report.rejected ?? []).some(({ kind }) => kind === 'movie');
  return {
    success: report !== null && refused.length === 0,
    movieStored,
    movieId: report?.movieId ?? null,
    reviewsStored: inserted + updated + unchanged,
    inserted,
    updated,
    unchanged,
    rejected: refused.filter(({ kind }) => kind === 'review').length,
    ...(diverted ? { diverted } : {}),
    errors,
  };
}
