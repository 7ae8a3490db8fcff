import { foldTitle, searchKey } from '../../domain/fold-title.js';
import { releaseYear } from '../../domain/movie.js';
import type { QuarantinedRecord } from '../../domain/records.js';
import type { WorkflowRun } from '../../domain/workflow-run.js';
import { ReelflowError } from '../../errors/reelflow-error.js';
import { throwIfAborted } from '../../errors/throw-if-aborted.js';
import type {
  ApplyOptions,
  ClaimedRun,
  MovieLookup,
  QuarantineQuery,
  Repository,
  Retention,
  RunLease,
  StoredMovie,
  StoredReview,
  SweepReport,
  WriteBatch,
  WriteReport,
} from '../../ports/repository.js';
import { applyBatch } from './apply-batch.js';
import { MemoryTables, type MovieRow } from './memory-tables.js';

/**
 * The repository in this process's memory: the reference for the contract, for tests, and for hosts that keep nothing.
 * It holds whatever is stored until the process ends or `sweep` drops it.
 */
export class MemoryRepository implements Repository {
  #tables = new MemoryTables();
  #closed = false;

  async apply(batch: WriteBatch, options: ApplyOptions = {}): Promise<WriteReport> {
    this.#check(options.signal);
    const tables = this.#tables.copy();
    const report = applyBatch(tables, batch, options);
    this.#tables = tables; // all of it, or none when something was thrown
    return report;
  }

  async findMovie(by: MovieLookup): Promise<StoredMovie | null> {
    this.#check();
    if ('tmdbId' in by) return toStoredMovie(this.#tables.movies.get(by.tmdbId));
    const searched = this.#tables.searchKeys.get(searchKey(by.title, by.year));
    if (searched !== undefined) return toStoredMovie(this.#tables.movies.get(searched));
    if (by.searchedOnly === true) return null;
    const wanted = foldTitle(by.title);
    const found = [...this.#tables.movies.values()]
      .filter(({ movie }) => foldTitle(movie.title) === wanted || foldTitle(movie.originalTitle) === wanted)
      .filter(({ movie }) => by.year === undefined || Math.abs((releaseYear(movie) ?? 0) - by.year) <= 1)
      .sort((one, other) => other.movie.voteCount - one.movie.voteCount || one.movie.tmdbId - other.movie.tmdbId);
    return toStoredMovie(found[0]);
  }

  async findReviews(tmdbId: number, { limit }: { readonly limit: number }): Promise<StoredReview[]> {
    this.#check();
    return [...this.#tables.reviews.values()]
      .filter(({ review }) => review.tmdbId === tmdbId)
      .sort((one, other) => compare(other.review.createdAt, one.review.createdAt) || compare(other.review.tweetId, one.review.tweetId))
      .slice(0, limit)
      .map(({ id, review, fetchedAt, sentiment, analyzer }) => ({ ...review, id, fetchedAt, sentiment, analyzer }));
  }

  async *catalogue({ changedAfter }: { readonly changedAfter?: string } = {}): AsyncIterable<StoredMovie> {
    this.#check();
    const rows = [...this.#tables.movies.values()]
      .filter(({ changedAt }) => changedAfter === undefined || changedAt > changedAfter)
      .sort((one, other) => compare(one.changedAt, other.changedAt) || Number(one.id) - Number(other.id));
    for (const row of rows) yield toStored(row);
  }

  async createRun(run: WorkflowRun, lease?: RunLease): Promise<void> {
    this.#check();
    if (this.#tables.runs.has(run.workflowId)) {
      throw new ReelflowError('DB_CONSTRAINT', `a run ${run.workflowId} exists already`);
    }
    const leaseUntilMs = lease === undefined ? 0 : Date.now() + lease.leaseMs;
    const row = { run: structuredClone(run), owner: lease?.owner ?? null, leaseUntilMs, fence: 0, checkpoints: [] };
    this.#tables.runs.set(run.workflowId, row);
  }

  async findRun(workflowId: string): Promise<WorkflowRun | null> {
    this.#check();
    const row = this.#tables.runs.get(workflowId);
    return row === undefined ? null : structuredClone(row.run);
  }

  async claimRuns(owner: string, leaseMs: number): Promise<ClaimedRun[]> {
    this.#check();
    const now = Date.now();
    const claimed: ClaimedRun[] = [];
    for (const [workflowId, row] of this.#tables.runs) {
      if (row.run.status !== 'running' || row.leaseUntilMs > now) continue;
      const fence = row.fence + 1;
      this.#tables.runs.set(workflowId, { ...row, owner, leaseUntilMs: now + leaseMs, fence });
      claimed.push({ run: structuredClone(row.run), fence, checkpoints: [...row.checkpoints] });
    }
    return claimed;
  }

  async renewLease(owner: string, leaseMs: number): Promise<void> {
    this.#check();
    for (const [workflowId, row] of this.#tables.runs) {
      if (row.owner !== owner || row.run.status !== 'running') continue;
      this.#tables.runs.set(workflowId, { ...row, leaseUntilMs: Date.now() + leaseMs });
    }
  }

  async listQuarantine({ limit = 100, after, id }: QuarantineQuery = {}): Promise<QuarantinedRecord[]> {
    this.#check();
    return [...this.#tables.quarantine.values()]
      .filter((record) => (id === undefined || record.id === id) && (after === undefined || Number(record.id) > Number(after)))
      .slice(0, limit)
      .map((record) => structuredClone(record));
  }

  async forgetReviews(tweetIds: readonly string[]): Promise<number> {
    this.#check();
    let forgotten = 0;
    for (const tweetId of new Set(tweetIds)) {
      if (this.#tables.reviews.delete(tweetId)) forgotten += 1;
    }
    for (const [id, { raw }] of this.#tables.quarantine) {
      if (tweetIds.some((tweetId) => raw.includes(`"${tweetId}"`))) this.#tables.quarantine.delete(id);
    }
    return forgotten;
  }

  async sweep({ movieMs, reviewTextMs }: Retention): Promise<SweepReport> {
    this.#check();
    const before = (ms: number | undefined) => (ms === undefined ? '' : new Date(Date.now() - ms).toISOString());
    let moviesDropped = 0;
    let reviewTextsDropped = 0;
    for (const [tmdbId, { fetchedAt }] of this.#tables.movies) {
      if (fetchedAt >= before(movieMs)) continue;
      this.#tables.movies.delete(tmdbId);
      this.#tables.recommendations.delete(tmdbId);
      moviesDropped += 1;
    }
    for (const [key, tmdbId] of this.#tables.searchKeys) {
      if (!this.#tables.movies.has(tmdbId)) this.#tables.searchKeys.delete(key);
    }
    for (const [tweetId, row] of this.#tables.reviews) {
      if (row.fetchedAt >= before(reviewTextMs) || row.review.text === '') continue;
      this.#tables.reviews.set(tweetId, { ...row, review: { ...row.review, text: '' } });
      reviewTextsDropped += 1;
    }
    return { moviesDropped, reviewTextsDropped };
  }

  async health(): Promise<{ ok: boolean; error?: { code: 'CLOSED'; message: string } }> {
    return this.#closed ? { ok: false, error: { code: 'CLOSED', message: 'the repository is closed' } } : { ok: true };
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  #check(signal?: AbortSignal): void {
    if (this.#closed) throw new ReelflowError('CLOSED', 'the repository is closed');
    throwIfAborted(signal, 'the operation');
  }
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

const toStoredMovie = (row: MovieRow | undefined): StoredMovie | null => (row === undefined ? null : toStored(row));

function toStored({ movie, collections, ...row }: MovieRow): StoredMovie {
  return structuredClone({ ...movie, ...row, collections: [...collections.values()] });
}
