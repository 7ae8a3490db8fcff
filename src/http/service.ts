import type { StatisticsRecorder } from '../monitor/statistics-recorder.js';
import type { AutomatedWorkflowManager } from '../workflow/automated-workflow-manager.js';
import type { Places } from './guard/places.js';
import type { ResolvedOrchestratorOptions } from './options.js';

/** What the routes work with. */
export interface Service {
  readonly manager: AutomatedWorkflowManager;
  readonly options: ResolvedOrchestratorOptions;
  readonly recorder: StatisticsRecorder;
  /** Searches that callers have under way. */
  readonly searches: Places;
  /** Of this package. */
  readonly version: string;
}
