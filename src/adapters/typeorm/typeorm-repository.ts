import type { QuarantinedRecord } from '../../domain/records.js';
import type { WorkflowRun } from '../../domain/workflow-run.js';
import { ReelflowError } from '../../errors/reelflow-error.js';
import { type SerializedError, serializeError } from '../../errors/serialized-error.js';
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
import { claimRuns, leasesEndInMs, renewLease } from './maintain/claim-runs.js';
import { createRun } from './maintain/create-run.js';
import { forgetReviews } from './maintain/forget-reviews.js';
import { sweep } from './maintain/sweep.js';
import { openStore } from './open-store.js';
import { resolveOptions, type TypeOrmRepositoryOptions } from './options.js';
import { readCatalogue } from './read/catalogue.js';
import { findMovie } from './read/find-movie.js';
import { findReviews } from './read/find-reviews.js';
import { findRun } from './read/find-run.js';
import { listQuarantine, quarantineSize } from './read/list-quarantine.js';
import { listRuns } from './read/list-runs.js';
import { SqlStore } from './sql-store.js';
import { inParts } from './statements.js';
import { applyBatch } from './write/apply-batch.js';
import { RunRecorder, wholeRunOf } from './write/run-recorder.js';
import { stepRecordOf } from './write/step-record.js';
import { StepRecorder } from './write/step-recorder.js';

const forgottenAtOnce = 100;

/**
 * Films, posts and runs in a database, through TypeORM. Writes are transactions, one at a time; reads go beside them.
 * Safe to share; on SQLite several processes may open one file.
 */
export class TypeOrmRepository implements Repository {
  readonly isVolatile: boolean;
  readonly identity: string;
  readonly #store: SqlStore;
  readonly #stepRecorder: StepRecorder;
  readonly #runRecorder: RunRecorder;

  private constructor(store: SqlStore) {
    if (!(store instanceof SqlStore))
      throw new ReelflowError('INVALID_OPTIONS', 'open it: await TypeOrmRepository.open(options)'); // in JavaScript nothing is private
    this.#store = store;
    this.#stepRecorder = new StepRecorder(store.tables);
    this.#runRecorder = new RunRecorder(store.tables);
    this.isVolatile = store.isVolatile;
    this.identity = store.identity;
  }

  /**
   * @throws INVALID_OPTIONS that names the option, or the tables that are missing
   * @throws DB_CONNECTION when the database cannot be opened; a damaged file is left as it is
   */
  static async open(options: TypeOrmRepositoryOptions): Promise<TypeOrmRepository> {
    return new TypeOrmRepository(await openStore(resolveOptions(options)));
  }

  async apply(batch: WriteBatch, options: ApplyOptions = {}): Promise<WriteReport> {
    const { tables } = this.#store;
    const steps = stepRecordOf(batch, options);
    const run = wholeRunOf(batch, options);
    return this.#store.write((session) => applyBatch(session, tables, batch, options), {
      signal: options.signal,
      relaxed: options.relaxed,
      alone:
        steps === undefined
          ? run && ((session) => this.#runRecorder.record(session, run))
          : (session) => this.#stepRecorder.record(session, steps),
    });
  }

  findMovie(by: MovieLookup): Promise<StoredMovie | null> {
    return this.#store.read((session) => findMovie(session, this.#store.tables, by));
  }

  findReviews(tmdbId: number, { limit }: { readonly limit: number }): Promise<StoredReview[]> {
    return this.#store.read((session) => findReviews(session, this.#store.tables, tmdbId, limit));
  }

  catalogue(options: CatalogueOptions = {}): AsyncIterable<StoredMovie> {
    return readCatalogue(this.#store, options);
  }

  createRun(run: WorkflowRun, lease?: RunLease, options: Pick<ApplyOptions, 'relaxed'> = {}): Promise<void> {
    return this.#store.write((session) => createRun(session, this.#store.tables, run, lease), options);
  }

  findRun(workflowId: string): Promise<WorkflowRun | null> {
    return this.#store.read((session) => findRun(session, this.#store.tables, workflowId));
  }

  listRuns(query: RunQuery = {}): Promise<WorkflowRun[]> {
    return this.#store.read((session) => listRuns(session, this.#store.tables, query));
  }

  claimRuns(owner: string, leaseMs: number): Promise<ClaimedRun[]> {
    return this.#store.write((session) => claimRuns(session, this.#store.tables, owner, leaseMs));
  }

  renewLease(owner: string, leaseMs: number): Promise<void> {
    return this.#store.write((session) => renewLease(session, this.#store.tables, owner, leaseMs));
  }

  leasesEndInMs(owner: string): Promise<number | null> {
    return this.#store.read((session) => leasesEndInMs(session, this.#store.tables, owner));
  }

  listQuarantine(options: QuarantineQuery = {}): Promise<QuarantinedRecord[]> {
    return this.#store.read((session) => listQuarantine(session, this.#store.tables, options));
  }

  quarantineSize(): Promise<number> {
    return this.#store.read((session) => quarantineSize(session, this.#store.tables));
  }

  /** In several transactions where there are many: each looks through all records in quarantine, and others wait for it. */
  async forgetReviews(tweetIds: readonly string[]): Promise<number> {
    const forgottenAt = new Date().toISOString();
    let held = 0;
    for (const ids of inParts([...new Set(tweetIds)], forgottenAtOnce)) {
      const forgotten = { tweetIds: ids, forgottenAt };
      held += await this.#store.write((session) => forgetReviews(session, this.#store.tables, forgotten));
    }
    return held;
  }

  sweep(retention: Retention, options: SweepOptions = {}): Promise<SweepReport> {
    return this.#store.write((session) => sweep(session, this.#store.tables, retention, options));
  }

  async health(): Promise<{ ok: boolean; error?: SerializedError }> {
    try {
      await this.#store.read((session) => session.all('SELECT 1 AS alive'));
      return { ok: true };
    } catch (error) {
      return { ok: false, error: serializeError(this.#store.toError(error)) };
    }
  }

  /** Lets the writes under way finish. A `dataSource` of yours stays open. */
  close(): Promise<void> {
    return this.#store.close();
  }
}
