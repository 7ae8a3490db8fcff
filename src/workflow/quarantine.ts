import type { QuarantinedRecord } from '../domain/records.js';
import { parseMovie, parseReview } from '../domain/schemas.js';
import { ReelflowError } from '../errors/reelflow-error.js';
import { type SerializedError, serializeError } from '../errors/serialized-error.js';
import { shown } from '../errors/shown.js';
import type { QuarantineQuery, WriteBatch } from '../ports/repository.js';
import type { ResolvedManagerOptions } from './manager-options.js';

export interface QuarantineRetry {
  readonly accepted: boolean;
  readonly error?: SerializedError;
}

/** Records that were set aside, oldest first. @throws DB_* when the store cannot be read */
export async function listQuarantine(
  { coordinator, repository }: ResolvedManagerOptions,
  query: QuarantineQuery,
): Promise<QuarantinedRecord[]> {
  const outcome = await coordinator.coordinateDbOperation('list_quarantine', () => repository.listQuarantine(query));
  if (!outcome.success) throw outcome.error;
  return outcome.result;
}

/** Checks a record again and stores it when it is right now; then it leaves quarantine. @throws INVALID_INPUT */
export async function retryQuarantined(options: ResolvedManagerOptions, id: string): Promise<QuarantineRetry> {
  // A query without an id would find the oldest record, which nobody named.
  if (typeof id !== 'string' || id === '')
    throw new ReelflowError('INVALID_INPUT', `id must be the id of a record in quarantine, got ${shown(id)}`);
  const [record] = await listQuarantine(options, { id, limit: 1 });
  if (record === undefined)
    return { accepted: false, error: { code: 'INVALID_INPUT', message: `there is no record ${id} in quarantine` } };
  const parsed = parse(record);
  if ('error' in parsed) return { accepted: false, error: parsed.error };
  const { coordinator, repository } = options;
  const outcome = await coordinator.coordinateDbOperation('store_collection', () =>
    repository.apply({ ...parsed.batch, released: [id] }, {}),
  );
  if (!outcome.success) return { accepted: false, error: serializeError(outcome.error) };
  const [refused] = outcome.result.rejected ?? [];
  return refused === undefined ? { accepted: true } : { accepted: false, error: refused.reason };
}

function parse({ kind, raw }: QuarantinedRecord): { readonly batch: WriteBatch } | { readonly error: SerializedError } {
  const fetchedAt = new Date().toISOString();
  let record: unknown;
  try {
    record = JSON.parse(raw);
  } catch {
    return { error: { code: 'DATA_PARSE', message: 'the raw text is no JSON: it may have been cut' } };
  }
  if (kind === 'movie') {
    const movie = parseMovie(record);
    return movie.ok ? { batch: { related: { movies: [movie.value], fetchedAt } } } : { error: movie.rejected.reason };
  }
  const review = parseReview(record);
  return review.ok ? { batch: { reviews: { reviews: [review.value], fetchedAt } } } : { error: review.rejected.reason };
}
