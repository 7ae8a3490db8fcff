import type { StepName, StepReport, WorkflowResult, WorkflowRun, WorkflowStatus } from '../domain/workflow-run.js';
import { toReelflowError } from '../errors/classify-error.js';
import { type SerializedError, serializeError } from '../errors/serialized-error.js';
import type { CallContext } from '../ports/call-context.js';
import type { Logger } from '../ports/logger.js';
import type {
  ApplyOptions,
  Repository,
  RunLease,
  StepCheckpoint,
  WriteBatch,
  WriteReport,
} from '../ports/repository.js';
import type { RunCalls } from './run-calls.js';
import { type SearchRequest, storedOptions } from './search-request.js';
import type { StorageWriter, Written } from './storage/storage-writer.js';

export interface RunJournalSettings {
  readonly workflowId: string;
  readonly request: SearchRequest;
  readonly repository: Repository;
  readonly writer: StorageWriter;
  readonly calls: RunCalls;
  /** For one thing that was paid: it is kept also when the run is cut meanwhile, with its own time. */
  readonly keepCalls: () => RunCalls;
  readonly lease: RunLease;
  readonly logger: Logger;
  /** 0 for a new run, that of the claim for one that was taken over. */
  readonly fence: number;
  /** Its record has been made before: the run was claimed, or this is its end. */
  readonly isKnown: boolean;
  readonly startedAt: string;
}

/** What a step writes, and which step it ends. */
export interface JournalWrite {
  readonly operation: string;
  readonly batch: WriteBatch;
  /** Committed with the batch: a crash after it goes on behind this step. */
  readonly ends?: StepReport;
  /** As in `ApplyOptions`, for what costs nothing to have again: the end of the run takes it along to the disk. */
  readonly relaxed?: boolean;
}

/**
 * Writes the record of one run: before it asks for anything or works for long, with the writes of its steps, and at its
 * end. A run that is answered from what is stored has nothing to go on with after a crash, and its record is written once.
 */
export class RunJournal {
  readonly #settings: RunJournalSettings;
  readonly #steps: StepReport[] = [];
  readonly #keeping = new Set<Promise<void>>();
  #unsaved: StepReport[] = [];
  #beginning: Promise<SerializedError | null> | undefined;

  constructor(settings: RunJournalSettings) {
    this.#settings = settings;
    if (settings.isKnown) this.#beginning = Promise.resolve(null);
  }

  get hasBegun(): boolean {
    return this.#beginning !== undefined;
  }

  get steps(): readonly StepReport[] {
    return this.#steps;
  }

  /**
   * Makes the record, once; relaxed, since what is bought after it goes to the disk with it. It never rejects.
   * @returns why the record is not in the database: it was put aside, or could not be written; null: it is there
   */
  begin(): Promise<SerializedError | null> {
    this.#beginning ??= this.#create().catch((thrown: unknown) => serializeError(toReelflowError(thrown, 'database')));
    return this.#beginning;
  }

  /** As `begin`, for what has begun; null: it has not. */
  async begun(): Promise<SerializedError | null> {
    return (await this.#beginning) ?? null;
  }

  async #create(): Promise<Written['diverted']> {
    const { repository, calls, lease } = this.#settings;
    const run = this.#run('running', null);
    const create = async ({ attempt }: CallContext) => {
      try {
        await repository.createRun(run, lease, { relaxed: true });
      } catch (thrown) {
        // The id is this run's alone: an earlier attempt took effect, and its answer was lost.
        if (attempt === 1 || toReelflowError(thrown, 'database').code !== 'DB_CONSTRAINT') throw thrown;
      }
      return noReport;
    };
    return (await this.#write(() => calls.write('save_run', create), { run })).diverted;
  }

  add(report: StepReport): void {
    this.#steps.push(report);
    this.#unsaved.push(report);
  }

  /** A step whose outcome was committed before a crash. */
  adopt(report: StepReport): void {
    this.#steps.push(report);
  }

  /** Applies a step's writes together with the outcomes of the steps before it. */
  apply(write: JournalWrite): Promise<Written> {
    return this.#apply(write, this.#settings.calls);
  }

  /**
   * Keeps what was paid for until its step's outcome is committed. A failure costs nothing but that a crash would buy
   * it again, so that it is logged only. `relaxed` is for what costs nothing.
   */
  keep(step: StepName, key: string, value: unknown, { relaxed = false } = {}): Promise<void> {
    const { workflowId, repository } = this.#settings;
    if (repository.isVolatile === true) return Promise.resolve();
    const checkpoint = { workflowId, step, key, payload: JSON.stringify(value) };
    const keeping = this.#keep(checkpoint, relaxed).finally(() => this.#keeping.delete(keeping));
    this.#keeping.add(keeping);
    return keeping;
  }

  /** Resolves when everything that was paid for is kept, or could not be. */
  async kept(): Promise<void> {
    await Promise.all(this.#keeping);
  }

  async #keep(checkpoint: StepCheckpoint, relaxed: boolean): Promise<void> {
    const batch = { checkpoints: [checkpoint] };
    try {
      await this.#apply({ operation: 'save_run', batch, relaxed }, this.#settings.keepCalls());
    } catch (thrown) {
      const { workflowId, step, key } = checkpoint;
      const { code } = toReelflowError(thrown, 'database');
      this.#settings.logger.warn({ workflowId, step, key, code }, 'what was collected could not be kept for a crash');
    }
  }

  async #apply({ operation, batch, ends, relaxed = false }: JournalWrite, calls: RunCalls): Promise<Written> {
    const { workflowId, repository, fence } = this.#settings;
    const write = (whole: WriteBatch, options: ApplyOptions) =>
      this.#write(() => calls.write(operation, ({ signal }) => repository.apply(whole, { ...options, signal })), whole);
    // There is no record that steps could go to; the record itself says nothing that is worth waiting for.
    if (this.#beginning === undefined) return write(batch, { relaxed: batch.run !== undefined });
    await this.#beginning;
    const reports = this.#unsaved;
    this.#unsaved = [];
    try {
      const steps = { workflowId, reports: ends === undefined ? reports : [...reports, ends] };
      return await write({ ...batch, steps }, { fence, relaxed });
    } catch (error) {
      this.#unsaved = [...reports, ...this.#unsaved];
      throw error;
    }
  }

  /** Whoever has heard the result of a run finds its end on the disk, where the run left anything but its record. */
  async end(status: Exclude<WorkflowStatus, 'running'>, result: WorkflowResult | null): Promise<Written['diverted']> {
    const batch = { run: this.#run(status, result) };
    return (await this.apply({ operation: 'save_run', batch })).diverted;
  }

  #write(attempt: () => Promise<WriteReport>, batch: WriteBatch): Promise<Written> {
    const { writer, fence } = this.#settings;
    return writer.write(attempt, { batch, fence });
  }

  #run(status: WorkflowStatus, result: WorkflowResult | null): WorkflowRun {
    const { workflowId, request, startedAt } = this.#settings;
    return {
      workflowId,
      status,
      movieName: request.movieName,
      options: storedOptions(request),
      steps: this.#steps,
      result,
      startedAt,
      finishedAt: status === 'running' ? null : (result?.finishedAt ?? new Date().toISOString()),
    };
  }
}

const noReport: WriteReport = {
  movies: { inserted: 0, updated: 0, unchanged: 0 },
  reviews: { inserted: 0, updated: 0, unchanged: 0 },
  rejected: [],
};
