import { ReelflowError } from '../errors/reelflow-error.js';
import { refuseUnknown } from '../errors/refuse-unknown.js';
import type { AutomatedWorkflowManager } from '../workflow/automated-workflow-manager.js';
import type { AutomationStatistics } from '../workflow/automation-statistics.js';
import type { ManagerStatus } from '../workflow/manager-status.js';

/** The statistics of a moment. Their counters only grow: two samples give what happened between them. */
export interface StatisticsSample {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly statistics: Omit<AutomationStatistics, 'recentTriggers'>;
  /** null: the manager closed meanwhile. */
  readonly status: ManagerStatus | null;
}

export interface StatisticsRecorderOptions {
  /** Between two samples, in milliseconds, from 100 up. @default 10000 */
  readonly intervalMs?: number | undefined;
  /** Samples that are kept: a whole number from 1 to 100000. @default 360 (an hour) */
  readonly keep?: number | undefined;
}

/** What a recorder needs of a manager. */
export type RecordedManager = Pick<AutomatedWorkflowManager, 'getAutomationStatistics' | 'getStatus' | 'closing'>;

/**
 * Keeps the statistics of the recent past, so that rates over time can be told. It takes a first sample at once, keeps
 * no process alive, and ends when the manager begins to close.
 * @throws INVALID_OPTIONS
 */
export class StatisticsRecorder {
  readonly #manager: RecordedManager;
  readonly #keep: number;
  readonly #samples: StatisticsSample[] = [];
  readonly #listeners = new Set<(sample: StatisticsSample) => void>();
  readonly #end = () => this.close();
  #timer: NodeJS.Timeout | undefined;

  constructor(manager: RecordedManager, options: StatisticsRecorderOptions = {}) {
    checkManager('StatisticsRecorder', manager);
    refuseUnknown('StatisticsRecorder', options, { intervalMs: true, keep: true });
    const { intervalMs = 10_000, keep = 360 } = options;
    if (!Number.isFinite(intervalMs) || intervalMs < 100 || intervalMs > 2 ** 31 - 1)
      refuse(`intervalMs must be a number of milliseconds from 100 up, got ${String(intervalMs)}`);
    if (!Number.isInteger(keep) || keep < 1 || keep > 100_000)
      refuse(`keep must be a whole number from 1 to 100000, got ${String(keep)}`);
    this.#manager = manager;
    this.#keep = keep;
    if (manager.closing.aborted) return;
    manager.closing.addEventListener('abort', this.#end, { once: true });
    this.#timer = setInterval(() => void this.sample(), intervalMs);
    this.#timer.unref();
    void this.sample();
  }

  /** Oldest first. A copy. */
  samples(): readonly StatisticsSample[] {
    return [...this.#samples];
  }

  /** Takes a sample now, besides the regular ones. Never rejects. */
  async sample(): Promise<StatisticsSample> {
    const status = await this.#manager.getStatus().catch(() => null); // closed: the counters still stand
    const { recentTriggers: _recentTriggers, ...statistics } = this.#manager.getAutomationStatistics();
    const taken = { at: new Date().toISOString(), statistics, status };
    this.#samples.push(taken);
    if (this.#samples.length > this.#keep) this.#samples.shift();
    for (const listener of this.#listeners) listener(taken);
    return taken;
  }

  /** Hears each sample as it is taken; it must not throw. @returns unsubscribe */
  subscribe(listener: (sample: StatisticsSample) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes no more by itself; what was taken stays. */
  close(): void {
    clearInterval(this.#timer);
    this.#manager.closing.removeEventListener('abort', this.#end);
  }
}

/** @throws INVALID_OPTIONS */
export function checkManager(of: string, manager: RecordedManager): void {
  if (typeof manager?.getAutomationStatistics !== 'function' || typeof manager.closing?.addEventListener !== 'function')
    refuse(`${of}: the first argument must be an AutomatedWorkflowManager`);
}

function refuse(message: string): never {
  throw new ReelflowError('INVALID_OPTIONS', message);
}
