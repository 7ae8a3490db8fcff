import { ReelflowError } from '../../errors/reelflow-error.js';
import { guardLogger } from '../../ports/guard-logger.js';
import type { Logger } from '../../ports/logger.js';
import {
  checkManager,
  type RecordedManager,
  StatisticsRecorder,
  type StatisticsSample,
} from '../statistics-recorder.js';
import { AlertEvaluator } from './alert-evaluator.js';
import type { AlertNotice } from './alert-notice.js';
import type { AlertRule } from './alert-rule.js';
import type { AlertCallback, AlertSink, SinkStatistics } from './alert-sink.js';
import { SinkQueue } from './sink-queue.js';

export interface AlertMonitorOptions {
  readonly rules: readonly AlertRule[];
  /** Each gets every notice. A monitor closes its sinks. */
  readonly sinks: readonly (AlertSink | AlertCallback)[];
  /** Whose samples are judged, such as the one of the HTTP app. It stays yours. @default one of its own */
  readonly recorder?: StatisticsRecorder | undefined;
  /** Between two looks, in milliseconds, from 100 up; not together with `recorder`. @default 10000 */
  readonly intervalMs?: number | undefined;
  /** How long the end waits for notices under way, in milliseconds. @default 5000 */
  readonly closeTimeoutMs?: number | undefined;
  /** One line for each alert that begins (warn) or ends (info), and for each notice that a sink did not take. @default silent */
  readonly logger?: Logger | undefined;
}

/**
 * Judges a manager's statistics by rules, and tells sinks once when an alert begins and once when it ends. It keeps no
 * process alive, takes part in no call of the manager, and ends when the manager begins to close.
 * @throws INVALID_OPTIONS
 */
export class AlertMonitor {
  readonly #evaluator: AlertEvaluator;
  readonly #queues: readonly SinkQueue[];
  readonly #logger: Logger;
  readonly #closeTimeoutMs: number;
  readonly #ownRecorder: StatisticsRecorder | null;
  readonly #leave: () => void;
  #ended: Promise<void> | null = null;

  constructor(manager: RecordedManager, options: AlertMonitorOptions) {
    const { rules, sinks, recorder, intervalMs, closeTimeoutMs = 5000, logger: given } = options ?? {};
    checkManager('AlertMonitor', manager);
    this.#evaluator = new AlertEvaluator(rules);
    if (!Array.isArray(sinks) || sinks.length === 0) refuse('sinks must be an array with at least one sink');
    if (recorder !== undefined && intervalMs !== undefined)
      refuse('intervalMs belongs to the recorder when you bring one: give it there');
    if (!(closeTimeoutMs >= 0 && closeTimeoutMs <= 2 ** 31 - 1))
      refuse(`closeTimeoutMs must be a number of milliseconds from 0 up, got ${String(closeTimeoutMs)}`);
    const logger = guardLogger(given);
    this.#logger = logger;
    this.#closeTimeoutMs = closeTimeoutMs;
    this.#queues = sinks.map((sink, index) => new SinkQueue(toSink(sink, index), logger));
    this.#ownRecorder = recorder === undefined ? new StatisticsRecorder(manager, { keep: 1, intervalMs }) : null;
    const stop = (recorder ?? this.#ownRecorder)?.subscribe((sample) => this.#judge(sample));
    const end = () => void this.close();
    manager.closing.addEventListener('abort', end, { once: true });
    this.#leave = () => {
      stop?.();
      manager.closing.removeEventListener('abort', end);
    };
    if (manager.closing.aborted) end();
  }

  /** The alerts that have begun and not ended: each as it began, with the newest figure. */
  active(): readonly AlertNotice[] {
    return this.#evaluator.active();
  }

  /** What became of the notices, for each sink. */
  sinkStatistics(): readonly SinkStatistics[] {
    return this.#queues.map((queue) => queue.statistics());
  }

  /** Looks no more, delivers what is under way for `closeTimeoutMs`, and closes the sinks. Never rejects. */
  close(): Promise<void> {
    this.#ended ??= this.#end();
    return this.#ended;
  }

  async #end(): Promise<void> {
    this.#leave();
    this.#ownRecorder?.close();
    await Promise.all(this.#queues.map((queue) => queue.close(this.#closeTimeoutMs)));
  }

  #judge(sample: StatisticsSample): void {
    for (const notice of this.#evaluator.evaluate(sample)) {
      const { state, rule, subject, message } = notice;
      const level = state === 'began' ? 'warn' : 'info';
      this.#logger[level]({ event: `alert_${state}`, ...notice }, `alert '${rule}' ${state} (${subject}): ${message}`);
      for (const queue of this.#queues) queue.push(notice);
    }
  }
}

function toSink(given: AlertSink | AlertCallback, index: number): AlertSink {
  if (typeof given === 'function') return { name: given.name === '' ? `sinks[${index}]` : given.name, notify: given };
  if (typeof given === 'object' && given !== null && typeof given.notify === 'function') return given;
  return refuse(`sinks[${index}] must be a function, or an object with the method notify`);
}

function refuse(message: string): never {
  throw new ReelflowError('INVALID_OPTIONS', `AlertMonitor: ${message}`);
}
