import type { StatisticsRecorder } from '../monitor/statistics-recorder.js';
import type { AutomatedWorkflowManager } from '../workflow/automated-workflow-manager.js';
import type { OpenStreams } from './feed/open-streams.js';
import type { RunFeed } from './feed/run-feed.js';
import type { StatsTicker } from './feed/stats-ticker.js';
import type { Places } from './guard/places.js';
import type { Metrics } from './metrics/metrics.js';
import type { ResolvedOrchestratorOptions } from './options.js';

/** What the routes work with. */
export interface Service {
  readonly manager: AutomatedWorkflowManager;
  readonly options: ResolvedOrchestratorOptions;
  readonly metrics: Metrics;
  readonly recorder: StatisticsRecorder;
  readonly feed: RunFeed;
  readonly streams: OpenStreams;
  readonly ticker: StatsTicker;
  /** Names this app's numbering of events. */
  readonly boot: string;
  /** Searches that callers have under way. */
  readonly searches: Places;
  /** Of this package. */
  readonly version: string;
}
