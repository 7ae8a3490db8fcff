import { foldTitle, searchKey } from '../../domain/fold-title.js';
import { releaseYear } from '../../domain/movie.js';
import type { QuarantinedRecord } from '../../domain/records.js';
import { cutKey } from '../../domain/title-keys.js';
import type { WorkflowRun } from '../../domain/workflow-run.js';
import { isReelflowError, ReelflowError } from '../../errors/reelflow-error.js';
import type {
  ApplyOptions,
  CatalogueOptions,
  ClaimedRun,
  MovieLookup,
  QuarantineQuery,
  Repository,
  Retention,
  RunLease,
  RunQuery,
  StoredMovie,
  StoredReview,
  SweepOptions,
  SweepReport,
  WriteBatch,
  WriteReport,
} from '../../ports/repository.js';
import { checkLimit, checkMaxRows, leaseEnd, quarantineQuery, runQuery, utc } from '../../ports/repository-input.js';
import { applyBatch } from './apply-batch.js';
import { forgetReviews, sweep } from './maintain.js';
import { MemoryTables, type MovieRow } from './memory-tables.js';

/**
 * The repository in this process's memory: the reference for the contract, for tests, and for hosts that keep nothing.
 * It grows with what is stored, until `sweep` drops it or the process ends: bounding it is the host's matter. Values
 * are copied on their way in and out. Recommendations are not kept, since nothing reads them back.
 */
export class MemoryRepository implements Repository {
  readonly isVolatile: boolean = true;
  #tables = new MemoryTables();
  #closed = false;

  async apply(batch: WriteBatch, options: ApplyOptions = {}): Promise<WriteReport> {
    const { run } = batch;
    const copy = structuredClone(run === undefined ? batch : { ...batch, run: withoutSignal(run) });
    return this.#write((tables) => applyBatch(tables, copy, options), options.signal);
  }

  async findMovie(by: MovieLookup): Promise<StoredMovie | null> {
    const { movies } = this.#open();
    const row = 'tmdbId' in by ? movies.get(by.tmdbId) : this.#findByTitle(by);
    return row === undefined ? null : toStoredMovie(row);
  }

  async findReviews(tmdbId: number, { limit }: { readonly limit: number }): Promise<StoredReview[]> {
    checkLimit(limit);
    return [...this.#open().reviews.values()]
      .filter(({ review }) => review.tmdbId === tmdbId)
      .sort(
        ({ review: one }, { review: other }) =>
          compare(other.createdAt, one.createdAt) || compare(other.tweetId, one.tweetId),
      )
      .slice(0, limit)
      .map(({ review, ...row }) => structuredClone({ ...review, ...row }));
  }

  async *catalogue({ changedAfter, isKnown = () => false }: CatalogueOptions = {}): AsyncIterable<StoredMovie> {
    const after = changedAfter === undefined ? '' : utc(changedAfter, 'changedAfter');
    const rows = [...this.#open().movies.values()]
      .filter(({ changedAt }) => changedAt > after)
      .sort((one, other) => compare(one.changedAt, other.changedAt) || Number(one.id) - Number(other.id));
    for (const row of rows) if (!isKnown(row.movie.tmdbId, row.changedAt)) yield toStoredMovie(row);
  }

  async createRun(run: WorkflowRun, lease?: RunLease): Promise<void> {
    const held =
      lease === undefined
        ? { owner: null, leaseUntil: null }
        : { owner: lease.owner, leaseUntil: leaseEnd(lease.leaseMs) };
    const copy = structuredClone(withoutSignal(run));
    this.#write(({ runs }) => {
      if (runs.has(run.workflowId))
        throw new ReelflowError('DB_CONSTRAINT', `there is a run ${run.workflowId} already`);
      runs.set(run.workflowId, { run: copy, ...held, fence: 0, checkpoints: [] });
    });
  }

  async findRun(workflowId: string): Promise<WorkflowRun | null> {
    const row = this.#open().runs.get(workflowId);
    return row === undefined ? null : structuredClone(row.run);
  }

  async listRuns(query: RunQuery = {}): Promise<WorkflowRun[]> {
    const { limit, before, status } = runQuery(query);
    const newestFirst = [...this.#open().runs.values()]
      .map(({ run }) => run)
      .sort((one, other) => compare(other.startedAt, one.startedAt) || compare(other.workflowId, one.workflowId));
    const at = before === undefined ? -1 : newestFirst.findIndex(({ workflowId }) => workflowId === before);
    if (before !== undefined && at === -1) return [];
    return newestFirst
      .slice(at + 1)
      .filter((run) => status === undefined || run.status === status)
      .slice(0, limit)
      .map((run) => structuredClone(run));
  }

  async claimRuns(owner: string, leaseMs: number): Promise<ClaimedRun[]> {
    const leaseUntil = leaseEnd(leaseMs);
    const now = new Date().toISOString();
    return this.#write(({ runs }) => {
      const free = [...runs.values()].filter(
        (row) => row.run.status === 'running' && (row.leaseUntil === null || row.leaseUntil <= now),
      );
      return free
        .sort(
          ({ run: one }, { run: other }) =>
            compare(one.startedAt, other.startedAt) || compare(one.workflowId, other.workflowId),
        )
        .map((row) => {
          const fence = row.fence + 1;
          runs.set(row.run.workflowId, { ...row, owner, leaseUntil, fence });
          return structuredClone({ run: row.run, fence, checkpoints: row.checkpoints });
        });
    });
  }

  async renewLease(owner: string, leaseMs: number): Promise<void> {
    const leaseUntil = leaseEnd(leaseMs);
    this.#write(({ runs }) => {
      for (const [workflowId, row] of runs) {
        if (row.owner === owner && row.run.status === 'running') runs.set(workflowId, { ...row, leaseUntil });
      }
    });
  }

  async leasesEndInMs(owner: string): Promise<number | null> {
    const now = new Date().toISOString();
    const ends = [...this.#open().runs.values()].flatMap(({ run, leaseUntil, owner: holder }) =>
      run.status === 'running' && holder !== owner && leaseUntil !== null && leaseUntil > now ? [leaseUntil] : [],
    );
    const last = ends.sort().at(-1);
    return last === undefined ? null : Date.parse(last) - Date.parse(now);
  }

  async listQuarantine(query: QuarantineQuery = {}): Promise<QuarantinedRecord[]> {
    const { limit, after, id } = quarantineQuery(query);
    return [...this.#open().quarantine.values()]
      .filter((record) => Number(record.id) > after && (id === undefined || Number(record.id) === id))
      .slice(0, limit)
      .map((record) => structuredClone(record));
  }

  async quarantineSize(): Promise<number> {
    return this.#open().quarantine.size;
  }

  async forgetReviews(tweetIds: readonly string[]): Promise<number> {
    return this.#write((tables) => forgetReviews(tables, { tweetIds, forgottenAt: new Date().toISOString() }));
  }

  async sweep(retention: Retention, { maxRows = 1 }: SweepOptions = {}): Promise<SweepReport> {
    checkMaxRows(maxRows);
    return this.#write((tables) => sweep(tables, retention));
  }

  async health(): Promise<{ ok: boolean; error?: { code: 'CLOSED'; message: string } }> {
    return this.#closed ? { ok: false, error: { code: 'CLOSED', message: closedMessage } } : { ok: true };
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  /** All of a change, or nothing of it when it throws. */
  #write<Result>(change: (tables: MemoryTables) => Result, signal?: AbortSignal): Result {
    const tables = new MemoryTables(this.#open());
    if (signal?.aborted === true) throw cancelled(signal);
    const result = change(tables);
    this.#tables = tables;
    return result;
  }

  #open(): MemoryTables {
    if (this.#closed) throw new ReelflowError('CLOSED', closedMessage);
    return this.#tables;
  }

  #findByTitle({
    title,
    year,
    searchedOnly = false,
  }: Extract<MovieLookup, { readonly title: string }>): MovieRow | undefined {
    const folded = cutKey(foldTitle(title));
    if (folded === '') return undefined;
    const { movies, searchKeys } = this.#tables;
    const searched = (key: string) => movies.get(searchKeys.get(key) ?? Number.NaN);
    // An exact search may have led to a film of another year, or of none: it was judged when it was made.
    const exact = searched(cutKey(searchKey(title, year)));
    if (exact !== undefined || searchedOnly) return exact;
    const inYear = ({ movie }: MovieRow) =>
      year === undefined || Math.abs((releaseYear(movie) ?? Number.NaN) - year) <= 1;
    const undated = searched(folded);
    if (undated !== undefined && inYear(undated)) return undated;
    const [found] = [...movies.values()]
      .filter((row) => row.titleKeys.includes(folded) && inYear(row))
      .sort(({ movie: one }, { movie: other }) => other.voteCount - one.voteCount || one.tmdbId - other.tmdbId);
    return found;
  }
}

const closedMessage = 'the repository is closed';

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

function cancelled({ reason }: AbortSignal): ReelflowError {
  if (isReelflowError(reason)) return reason;
  return new ReelflowError('CANCELLED', 'the operation was aborted', { cause: reason });
}

function withoutSignal(run: WorkflowRun): WorkflowRun {
  const { signal: _notStored, ...options } = run.options;
  return { ...run, options };
}

const toStoredMovie = ({
  movie,
  titleKeys: _titleKeys,
  seenAt: _seenAt,
  analyzedAt: _analyzedAt,
  ...row
}: MovieRow): StoredMovie => structuredClone({ ...movie, ...row });
