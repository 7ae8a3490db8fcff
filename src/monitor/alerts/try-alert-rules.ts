import type { StatisticsSample } from '../statistics-recorder.js';
import { AlertEvaluator } from './alert-evaluator.js';
import type { AlertNotice } from './alert-notice.js';
import type { AlertRule } from './alert-rule.js';

/**
 * What the rules would have said of the past: samples of `StatisticsRecorder.samples()`, oldest first, as they are or
 * as they come back from JSON. No sink hears of it.
 * @throws INVALID_OPTIONS
 */
export function tryAlertRules(
  rules: readonly AlertRule[],
  samples: Iterable<StatisticsSample>,
): readonly AlertNotice[] {
  const evaluator = new AlertEvaluator(rules);
  return [...samples].flatMap((sample) => evaluator.evaluate(sample));
}
