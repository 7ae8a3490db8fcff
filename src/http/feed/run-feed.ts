import type { WorkflowEvents } from '../../trigger/workflow-events.js';
import type { AutomatedWorkflowManager } from '../../workflow/automated-workflow-manager.js';
import { isWireEvent, toWireEvent, type WireEventName } from '../wire/event.js';
import { toWireStepReport, type WireStepReport } from '../wire/step-report.js';
import { EventLog } from './event-log.js';

const allLimits = { events: 1000, length: 4_000_000 };
const runLimits = { events: 200, length: 500_000 };
/** Runs whose events are kept; those that have not ended are forgotten last. */
const runsKept = 100;
const mostRuns = 1000;

type RunEnd = 'completed' | 'failed' | 'cancelled';

/** What the events of a run have told so far. */
export interface FollowedRun {
  readonly log: EventLog;
  readonly steps: readonly WireStepReport[];
  /** The step that runs; null: none. */
  readonly step: string | null;
  /** null: it has not ended. */
  readonly end: RunEnd | null;
  /** The data of the event that ended it. */
  readonly endData: string | null;
  /** When it was first heard of, ISO 8601. */
  readonly heardAt: string;
}

interface Followed extends FollowedRun {
  readonly steps: WireStepReport[];
  step: string | null;
  end: RunEnd | null;
  endData: string | null;
}

const ends: Partial<Record<WireEventName, RunEnd>> = {
  workflow_completed: 'completed',
  workflow_failed: 'failed',
  workflow_cancelled: 'cancelled',
};

/** Follows the events of a manager, those of each run apart, in bounded memory. */
export class RunFeed {
  /** The events of everything. */
  readonly all = new EventLog(allLimits);
  readonly #runs = new Map<string, Followed>();

  constructor({ trigger }: Pick<AutomatedWorkflowManager, 'trigger'>) {
    trigger.registerTrigger('*', (data, { event }) => this.#take(event, data), { name: 'http' });
  }

  find(workflowId: string): FollowedRun | undefined {
    return this.#runs.get(workflowId);
  }

  /** A run that has told nothing yet, such as one that waits for its turn, is followed from now on. */
  follow(workflowId: string): FollowedRun {
    return this.#follow(workflowId);
  }

  #follow(workflowId: string): Followed {
    const known = this.#runs.get(workflowId);
    if (known !== undefined) return known;
    const heardAt = new Date().toISOString();
    const run: Followed = { log: new EventLog(runLimits), steps: [], step: null, end: null, endData: null, heardAt };
    this.#runs.set(workflowId, run);
    for (const [id, { end }] of this.#runs) {
      if (this.#runs.size <= runsKept) break;
      if (end !== null || this.#runs.size > mostRuns) this.#runs.delete(id);
    }
    return run;
  }

  #take<Name extends WireEventName>(event: Name, data: WorkflowEvents[Name]): void {
    if (!isWireEvent(event)) return; // a host's own
    const told = { event, data: JSON.stringify(toWireEvent(event, data)) };
    if ('workflowId' in data && data.workflowId !== undefined) {
      const run = this.#follow(data.workflowId);
      note(run, event, data);
      if (ends[event] !== undefined) run.endData = told.data;
      run.log.append(told);
      if (run.end !== null) run.log.end();
    }
    this.all.append(told);
  }
}

function note(run: Followed, event: WireEventName, data: WorkflowEvents[WireEventName]): void {
  run.end = ends[event] ?? run.end;
  if (event === 'step_started' && 'step' in data) run.step = data.step;
  if (event === 'step_finished' && 'step' in data && 'status' in data) {
    run.step = null;
    run.steps.push(toWireStepReport({ ...data, name: data.step }));
  }
}
