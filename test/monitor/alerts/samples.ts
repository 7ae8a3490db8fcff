import type {
  AlertNotice,
  AlertRule,
  ApiStatistics,
  CallStatistics,
  PartDown,
  StatisticsSample,
  TargetStatistics,
} from '../../../src/index.js';

export const noon = Date.UTC(2026, 4, 15, 12);
export const minute = 60_000;

interface Target {
  readonly ok?: number;
  readonly failed?: number;
  /** Of those that failed: given up by their callers. */
  readonly cancelled?: number;
  readonly circuit?: TargetStatistics['circuit'];
  readonly quota?: readonly [remaining: number, limit: number];
}

/** What a test wants to say of a moment; everything else is well. */
export interface Moment {
  readonly apis?: Readonly<Record<string, Target>>;
  readonly operations?: Readonly<Record<string, Target>>;
  readonly searches?: { readonly completed?: number; readonly failed?: number; readonly degraded?: number };
  readonly spend?: { readonly usd: number; readonly posts: number };
  readonly budget?: { readonly day?: number; readonly month?: number; readonly posts?: number };
  readonly down?: readonly PartDown[];
  readonly ready?: boolean;
  readonly spooled?: number | null;
  readonly status?: null;
}

const calls = (ok: number, failed: number): CallStatistics => ({
  total: ok + failed,
  successful: ok,
  failed,
  successRate: ok + failed === 0 ? 0 : (ok / (ok + failed)) * 100,
});

const latency = { count: 0, meanMs: 0, p50Ms: 0, p95Ms: 0, p99Ms: 0, maxMs: 0 };

const target = ({ ok = 0, failed = 0, cancelled = 0, circuit = 'closed' }: Target): TargetStatistics => ({
  ...calls(ok, failed),
  attempts: ok + failed,
  retries: 0,
  waits: 0,
  waitedMs: 0,
  latency,
  errorCounts: cancelled === 0 ? {} : { CANCELLED: cancelled },
  circuit,
  circuitChangedAt: null,
});

const api = (given: Target): ApiStatistics => {
  const [remaining, limit] = given.quota ?? [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  return { ...target(given), quota: { remaining, limit, resetAtMs: noon }, waiting: 0, active: 0 };
};

const each = <Made>(given: Readonly<Record<string, Target>>, make: (target: Target) => Made): Record<string, Made> =>
  Object.fromEntries(Object.entries(given).map(([name, one]) => [name, make(one)]));

const all = (given: Readonly<Record<string, Target>>): CallStatistics =>
  calls(
    Object.values(given).reduce((sum, { ok = 0 }) => sum + ok, 0),
    Object.values(given).reduce((sum, { failed = 0 }) => sum + failed, 0),
  );

export function sampleAt(atMs: number, moment: Moment = {}): StatisticsSample {
  const { apis = {}, operations = {}, searches = {}, spend = { usd: 0, posts: 0 }, budget = {}, down = [] } = moment;
  const at = new Date(noon + atMs).toISOString();
  return {
    at,
    statistics: {
      coordinatorStats: {
        apiCalls: { ...all(apis), byApi: each(apis, api) },
        databaseOperations: { ...all(operations), byOperation: each(operations, target) },
        errorCounts: {},
        spend: {
          usdToday: spend.usd,
          usdThisMonth: spend.usd,
          postsThisMonth: spend.posts,
          limits: {
            usdPerDay: budget.day ?? null,
            usdPerMonth: budget.month ?? null,
            postsPerMonth: budget.posts ?? null,
          },
        },
      },
      triggerHistory: 0,
      performance: {
        workflows: 0,
        completed: 0,
        failed: 0,
        cancelled: 0,
        degraded: 0,
        coalesced: 0,
        running: 0,
        queued: 0,
        averageDurationMs: 0,
        maxDurationMs: 0,
        ...searches,
      },
      cache: { hits: 0, misses: 0, stale: 0, failures: 0 },
      storage: { diverted: 0, recovered: 0, rejected: 0 },
    },
    status:
      moment.status === null
        ? null
        : {
            at,
            ready: moment.ready ?? true,
            degraded: down.length > 0,
            down,
            storage: { diverting: false, spooled: moment.spooled === undefined ? 0 : moment.spooled, quarantined: 0 },
          },
  };
}

/** One moment a minute. */
export const minutely = (moments: readonly Moment[]): StatisticsSample[] =>
  moments.map((moment, index) => sampleAt(index * minute, moment));

/** 'began api:tmdb at 3' for each notice, in minutes. */
export const brief = (notices: readonly AlertNotice[]): string[] =>
  notices.map(({ state, subject, at }) => `${state} ${subject} at ${(Date.parse(at) - noon) / minute}`);

export const lowSuccess: AlertRule = { when: 'success_rate', below: 90, overMs: 5 * minute, minimumCalls: 10 };
