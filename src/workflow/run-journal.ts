import type { StepReport, WorkflowResult, WorkflowRun, WorkflowStatus } from '../domain/workflow-run.js';
import type { Repository, RunLease, WriteBatch } from '../ports/repository.js';
import type { RunCalls } from './run-calls.js';
import { type SearchRequest, storedOptions } from './search-request.js';

export interface RunJournalSettings {
  readonly workflowId: string;
  readonly request: SearchRequest;
  readonly repository: Repository;
  readonly calls: RunCalls;
  readonly lease: RunLease;
  /** Of a run that was claimed; undefined for a new one. */
  readonly fence: number | undefined;
  readonly startedAt: string;
}

/** Writes the record of one run: at its beginning, with the writes of its steps, and at its end. */
export class RunJournal {
  readonly #settings: RunJournalSettings;
  readonly #steps: StepReport[] = [];
  #unsaved: StepReport[] = [];

  constructor(settings: RunJournalSettings) {
    this.#settings = settings;
  }

  get steps(): readonly StepReport[] {
    return this.#steps;
  }

  async begin(): Promise<void> {
    const { repository, calls, lease, fence } = this.#settings;
    if (fence === undefined)
      await calls.database('save_run', () => repository.createRun(this.#run('running', null), lease));
  }

  add(report: StepReport): void {
    this.#steps.push(report);
    this.#unsaved.push(report);
  }

  /** Applies a step's writes together with the outcomes of the steps before it. */
  async apply(operation: string, batch: WriteBatch) {
    const { workflowId, repository, calls, fence } = this.#settings;
    const reports = this.#unsaved;
    this.#unsaved = [];
    try {
      return await calls.database(operation, ({ signal }) =>
        repository.apply(
          { ...batch, steps: { workflowId, reports } },
          { signal, ...(fence === undefined ? {} : { fence }) },
        ),
      );
    } catch (error) {
      this.#unsaved = [...reports, ...this.#unsaved];
      throw error;
    }
  }

  async end(status: Exclude<WorkflowStatus, 'running'>, result: WorkflowResult | null): Promise<void> {
    await this.apply('save_run', { run: this.#run(status, result) });
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
