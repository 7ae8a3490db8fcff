import type { TargetStatistics } from '../../coordinator/coordinator-statistics.js';
import { givenUp } from '../given-up.js';
import type { StatisticsSample } from '../statistics-recorder.js';
import type { DegradedShareRule, RateSubject, SuccessRateRule } from './alert-rule.js';
import { CountedWindow, type Counts } from './counted-window.js';
import { duration, figure, type Reading, type Thresholds, whenHigh, whenLow } from './reading.js';

type Read = (sample: StatisticsSample, atMs: number) => readonly Reading[];

export function readSuccessRate(rule: SuccessRateRule): Read {
  const { of = 'each_api', below, endsAt = (below + 100) / 2, overMs = 600_000, minimumCalls = 10 } = rule;
  return readShares(overMs, minimumCalls, (sample) => calls(of, sample), {
    judge: (share, thresholds) => whenLow(share, thresholds),
    thresholds: { bad: below, good: endsAt },
    says: (share, all) =>
      `${figure(share)} % of ${all} ${of === 'searches' ? 'searches' : 'calls'} in ${duration(overMs)} succeeded, less than ${figure(below)} %`,
  });
}

export function readDegradedShare(rule: DegradedShareRule): Read {
  const { above, endsAt = above / 2, overMs = 600_000, minimumSearches = 10 } = rule;
  const counts = ({ statistics: { performance } }: StatisticsSample): Counts =>
    new Map([['searches', { all: performance.completed, some: performance.degraded }]]);
  return readShares(overMs, minimumSearches, counts, {
    judge: (share, thresholds) => whenHigh(share, thresholds),
    thresholds: { bad: above, good: endsAt },
    says: (share, all) =>
      `${figure(share)} % of ${all} completed searches in ${duration(overMs)} were degraded, more than ${figure(above)} %`,
  });
}

function readShares(
  overMs: number,
  minimum: number,
  countsOf: (sample: StatisticsSample) => Counts,
  {
    judge,
    thresholds,
    says,
  }: {
    judge: (share: number, thresholds: Thresholds) => Reading['state'];
    thresholds: Thresholds;
    says: (share: number, all: number) => string;
  },
): Read {
  const window = new CountedWindow(overMs);
  return (sample, atMs) =>
    [...window.add(atMs, countsOf(sample))].map(([subject, { all, some }]) => {
      if (all < minimum) return { subject, state: 'unknown', value: null, says: '' };
      const share = (some / all) * 100;
      return { subject, state: judge(share, thresholds), value: share, says: says(share, all) };
    });
}

function calls(of: RateSubject, { statistics: { coordinatorStats, performance } }: StatisticsSample): Counts {
  const { byApi } = coordinatorStats.apiCalls;
  const { byOperation } = coordinatorStats.databaseOperations;
  switch (of) {
    case 'searches': {
      const { completed, failed } = performance;
      return new Map([['searches', { all: completed + failed, some: completed }]]);
    }
    case 'apis':
      return new Map([['apis', together(byApi)]]);
    case 'database':
      return new Map([['database', together(byOperation)]]);
    case 'each_api':
      return each('api', byApi);
    case 'each_operation':
      return each('operation', byOperation);
    default:
      return new Map([...each('api', byApi)].filter(([subject]) => subject === of));
  }
}

type Targets = Readonly<Record<string, TargetStatistics>>;

const each = (prefix: string, targets: Targets): Counts =>
  new Map(Object.entries(targets).map(([name, target]) => [`${prefix}:${name}`, judged(target)]));

const judged = (target: TargetStatistics) => ({ all: target.total - givenUp(target), some: target.successful });

const together = (targets: Targets) =>
  Object.values(targets)
    .map(judged)
    .reduce((sum, { all, some }) => ({ all: sum.all + all, some: sum.some + some }), { all: 0, some: 0 });
