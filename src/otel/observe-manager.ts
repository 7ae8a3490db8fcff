import type { Attributes, BatchObservableResult, Meter, Observable } from '@opentelemetry/api';
import { own, semconv } from './attributes.js';
import type { ObservedManager, ObservedStatistics, ObservedStatus, ObservedTarget } from './observed-manager.js';

const circuits = ['closed', 'half_open', 'open'] as const;

/** Reads the manager's statistics whenever the SDK collects. @returns stop */
export function observeManager(meter: Meter, manager: ObservedManager): () => void {
  const observables = createObservables(meter);
  const all = Object.values(observables);
  const collect = async (result: BatchObservableResult) => {
    const observe = (name: keyof Observables, value: number | null, attributes?: Attributes) => {
      if (value !== null && Number.isFinite(value)) result.observe(observables[name], value, attributes);
    };
    observeStatistics(observe, manager.getAutomationStatistics());
    const status = await manager.getStatus().catch(() => null); // closed meanwhile
    if (status !== null) observeStatus(observe, status);
  };
  const stop = () => {
    manager.closing.removeEventListener('abort', stop);
    meter.removeBatchObservableCallback(collect, all);
  };
  if (manager.closing.aborted) return stop;
  meter.addBatchObservableCallback(collect, all);
  manager.closing.addEventListener('abort', stop, { once: true });
  return stop;
}

type Observables = ReturnType<typeof createObservables>;
type Observe = (name: keyof Observables, value: number | null, attributes?: Attributes) => void;

function createObservables(meter: Meter) {
  const counter = (name: string, unit: string, description: string): Observable =>
    meter.createObservableCounter(name, { unit, description });
  const gauge = (name: string, unit: string, description: string): Observable =>
    meter.createObservableGauge(name, { unit, description });
  const level = (name: string, unit: string, description: string): Observable =>
    meter.createObservableUpDownCounter(name, { unit, description });
  return {
    runs: counter('reelflow.run.ended', '{run}', 'Runs that have ended.'),
    degraded: counter('reelflow.run.degraded', '{run}', 'Completed runs from which something was missing or old.'),
    coalesced: counter('reelflow.search.coalesced', '{search}', 'Searches that joined the run of another.'),
    active: level('reelflow.run.active', '{run}', 'Runs under way.'),
    queued: level('reelflow.run.queued', '{run}', 'Runs that wait for their turn.'),
    waited: counter('reelflow.api.wait.time', 's', 'Time that calls have waited for a free place of a limit.'),
    quotaLeft: gauge('reelflow.api.quota.remaining', '{call}', 'Calls left of the tightest limit.'),
    quotaLimit: gauge('reelflow.api.quota.limit', '{call}', 'Calls that the tightest limit allows.'),
    circuit: gauge('reelflow.circuit.state', '1', '1 for the state that the breaker is in, 0 for the others.'),
    spend: gauge('reelflow.budget.spent', '{USD}', 'Money spent in the period so far.'),
    spendLimit: gauge('reelflow.budget.limit', '{USD}', 'Money that may be spent in the period.'),
    posts: gauge('reelflow.budget.posts.bought', '{post}', 'Posts bought this month so far.'),
    postsLimit: gauge('reelflow.budget.posts.limit', '{post}', 'Posts that may be bought this month.'),
    cache: counter('reelflow.cache.answers', '{answer}', 'Answers of the cache, and its failures.'),
    diverted: counter('reelflow.storage.diverted', '{write}', 'Writes that were put aside.'),
    recovered: counter('reelflow.storage.recovered', '{write}', 'Writes put aside that have been stored since.'),
    rejected: counter('reelflow.storage.rejected', '{record}', 'Records that were skipped.'),
    spooled: gauge('reelflow.spool.entries', '{write}', 'Writes that wait in the spool.'),
    quarantined: gauge('reelflow.quarantine.records', '{record}', 'Records in quarantine.'),
    ready: gauge('reelflow.ready', '1', '1 while results can be stored, 0 otherwise.'),
  };
}

function observeStatistics(
  observe: Observe,
  { coordinatorStats, performance, cache, storage }: ObservedStatistics,
): void {
  const { apiCalls, databaseOperations, spend } = coordinatorStats;
  for (const outcome of ['completed', 'failed', 'cancelled'] as const)
    observe('runs', performance[outcome], { [own.outcome]: outcome });
  observe('degraded', performance.degraded);
  observe('coalesced', performance.coalesced);
  observe('active', performance.running);
  observe('queued', performance.queued);
  for (const [name, api] of Object.entries(apiCalls.byApi)) {
    const target = { [own.api]: name };
    observe('waited', api.waitedMs / 1000, target);
    observe('quotaLeft', api.quota.remaining, target);
    observe('quotaLimit', api.quota.limit, target);
    observeCircuit(observe, api, target);
  }
  for (const [name, operation] of Object.entries(databaseOperations.byOperation))
    observeCircuit(observe, operation, { [semconv.dbOperation]: name });
  observe('spend', spend.usdToday, { [own.period]: 'day' });
  observe('spend', spend.usdThisMonth, { [own.period]: 'month' });
  observe('spendLimit', spend.limits.usdPerDay, { [own.period]: 'day' });
  observe('spendLimit', spend.limits.usdPerMonth, { [own.period]: 'month' });
  observe('posts', spend.postsThisMonth);
  observe('postsLimit', spend.limits.postsPerMonth);
  observe('cache', cache.hits, { [own.cacheResult]: 'hit' });
  observe('cache', cache.misses, { [own.cacheResult]: 'miss' });
  observe('cache', cache.stale, { [own.cacheResult]: 'stale' });
  observe('cache', cache.failures, { [own.cacheResult]: 'failure' });
  observe('diverted', storage.diverted);
  observe('recovered', storage.recovered);
  observe('rejected', storage.rejected);
}

function observeCircuit(observe: Observe, { circuit }: ObservedTarget, target: Attributes): void {
  if (circuit === 'off') return;
  for (const state of circuits) observe('circuit', state === circuit ? 1 : 0, { ...target, [own.circuit]: state });
}

function observeStatus(observe: Observe, { ready, storage }: ObservedStatus): void {
  observe('spooled', storage.spooled);
  observe('quarantined', storage.quarantined);
  observe('ready', ready ? 1 : 0);
}
