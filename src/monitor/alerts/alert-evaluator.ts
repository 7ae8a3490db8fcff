import type { StatisticsSample } from '../statistics-recorder.js';
import type { AlertNotice } from './alert-notice.js';
import type { AlertRule } from './alert-rule.js';
import { AlertState, type AlertTerms } from './alert-state.js';
import { checkNames, checkRules, nameOf } from './check-rules.js';
import { readBudget, readQuota } from './read-amounts.js';
import { readDegradedShare, readSuccessRate } from './read-rates.js';
import { readCircuits, readParts, readReady, readSpool } from './read-states.js';
import type { Reading } from './reading.js';

interface Watch {
  readonly terms: AlertTerms;
  readonly read: (sample: StatisticsSample, atMs: number) => readonly Reading[];
  readonly states: Map<string, AlertState>;
}

const minuteMs = 60_000;
const waits: Readonly<Record<AlertRule['when'], number>> = {
  success_rate: 0,
  degraded_share: 0,
  quota_low: 0,
  budget_low: 0,
  circuit_open: 5 * minuteMs,
  spool_not_empty: 15 * minuteMs,
  part_down: 5 * minuteMs,
  not_ready: minuteMs,
};

/** Rules against samples, in the order of their time. It knows no clock but theirs, so the past is judged as the present is. */
export class AlertEvaluator {
  readonly #watches: readonly Watch[];
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(rules: readonly AlertRule[]) {
    checkRules(rules);
    checkNames(rules.map(nameOf));
    this.#watches = rules.map(watch);
  }

  /** Takes the next sample. @returns what begins and ends with it */
  evaluate(sample: StatisticsSample): readonly AlertNotice[] {
    const atMs = Date.parse(sample.at);
    const isBack = atMs < this.#lastMs;
    this.#lastMs = atMs;
    return this.#watches.flatMap(({ terms, read, states }) => {
      if (isBack) for (const state of states.values()) state.restart(atMs);
      const readings = new Map(read(sample, atMs).map((reading) => [reading.subject, reading]));
      for (const subject of readings.keys())
        if (!states.has(subject)) states.set(subject, new AlertState(terms, subject));
      // What is no longer looked at, such as a limit that was taken away, is nothing to alert of.
      return [...states].flatMap(([subject, state]) => state.take(readings.get(subject) ?? gone(subject), atMs) ?? []);
    });
  }

  /** The alerts that have begun and not ended, as they began, with the newest figures. */
  active(): readonly AlertNotice[] {
    return this.#watches.flatMap(({ states }) => [...states.values()].flatMap(({ alert }) => alert ?? []));
  }
}

const gone = (subject: string): Reading => ({ subject, state: 'good', value: null, says: '' });

function watch(rule: AlertRule): Watch {
  const { severity = rule.when === 'not_ready' ? 'critical' : 'warning' } = rule;
  const { forMs = waits[rule.when], clearForMs = minuteMs } = rule;
  return { terms: { rule: nameOf(rule), severity, forMs, clearForMs }, read: readerOf(rule), states: new Map() };
}

function readerOf(rule: AlertRule): Watch['read'] {
  switch (rule.when) {
    case 'success_rate':
      return readSuccessRate(rule);
    case 'degraded_share':
      return readDegradedShare(rule);
    case 'quota_low':
      return readQuota(rule);
    case 'budget_low':
      return readBudget(rule);
    case 'circuit_open':
      return readCircuits(rule);
    case 'spool_not_empty':
      return readSpool();
    case 'part_down':
      return readParts(rule);
    case 'not_ready':
      return readReady();
  }
}
