import type { WireMoment, WireSample } from './wire.js';

const keep = 360;
const apartMs = 9_000;
const bars = 60;

/** What happened in one stretch of time. */
export interface Bucket {
  readonly total: number;
  readonly failed: number;
}

interface Counters {
  readonly total: number;
  readonly failed: number;
}

/** The statistics of the past hour. */
export class Samples {
  #kept: WireSample[] = [];
  #now: WireSample | undefined;

  replace(samples: readonly WireSample[]): void {
    this.#kept = samples.slice(-keep);
  }

  add(moment: WireMoment): void {
    const last = this.#kept.at(-1);
    const before = this.#now;
    this.#now = toSample(moment);
    if (before === undefined) return;
    if (last !== undefined && Date.parse(before.at) - Date.parse(last.at) < apartMs) return;
    this.#kept.push(before);
    if (this.#kept.length > keep) this.#kept.shift();
  }

  /** Oldest first, the present one last. */
  get #samples(): readonly WireSample[] {
    return this.#now === undefined ? this.#kept : [...this.#kept, this.#now];
  }

  /** Milliseconds from the first sample to the last. */
  get spanMs(): number {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    return first === undefined || last === undefined ? 0 : Date.parse(last.at) - Date.parse(first.at);
  }

  /** At most 60 stretches, oldest first. A counter that fell belongs to a service that was started anew: it counts from 0. */
  buckets(read: (sample: WireSample) => Counters | undefined): readonly Bucket[] {
    return bucketsOf(this.#samples.map((sample) => read(sample) ?? { total: 0, failed: 0 }));
  }

  /** What happened within the last so many milliseconds. */
  recent(read: (sample: WireSample) => Counters | undefined, withinMs: number): Bucket {
    const samples = this.#samples;
    const from = Date.parse(samples.at(-1)?.at ?? '') - withinMs;
    const recent = samples.filter(({ at }) => Date.parse(at) >= from);
    return sum(bucketsOf(recent.map((sample) => read(sample) ?? { total: 0, failed: 0 })));
  }
}

function bucketsOf(counted: readonly Counters[]): readonly Bucket[] {
  const width = Math.max(1, Math.ceil((counted.length - 1) / bars));
  const buckets: Bucket[] = [];
  for (let end = counted.length - 1; end > 0; end -= width) {
    let total = 0;
    let failed = 0;
    for (let index = Math.max(1, end - width + 1); index <= end; index += 1) {
      const [before, after] = [counted[index - 1], counted[index]];
      if (before === undefined || after === undefined) continue;
      const isNew = after.total < before.total;
      total += after.total - (isNew ? 0 : before.total);
      failed += after.failed - (isNew ? 0 : before.failed);
    }
    buckets.unshift({ total, failed });
  }
  return buckets;
}

export const sum = (buckets: readonly Bucket[]): Bucket =>
  buckets.reduce((all, { total, failed }) => ({ total: all.total + total, failed: all.failed + failed }), {
    total: 0,
    failed: 0,
  });

/** As the service's own samples: what callers gave up says nothing of who was called. */
const givenUp = (counts: Readonly<Record<string, number>>): number =>
  (counts['CANCELLED'] ?? 0) + (counts['CLOSED'] ?? 0);

function toSample({ coordinator_stats: stats, performance, status }: WireMoment): WireSample {
  const { api_calls: apis, database_operations: database, spend } = stats;
  const operations = Object.values(database.by_operation);
  const operationsGivenUp = operations.reduce((all, { error_counts: counts }) => all + givenUp(counts), 0);
  return {
    at: status.at,
    apis: Object.fromEntries(
      Object.entries(apis.by_api).map(([name, { total, failed, error_counts: counts, latency, quota, circuit }]) => [
        name,
        {
          total: total - givenUp(counts),
          failed: failed - givenUp(counts),
          p95_ms: latency.p95_ms,
          quota_remaining: quota.remaining,
          quota_limit: quota.limit,
          circuit,
        },
      ]),
    ),
    database: {
      total: database.total - operationsGivenUp,
      failed: database.failed - operationsGivenUp,
      p95_ms: Math.max(0, ...operations.map(({ latency }) => latency.p95_ms)),
    },
    usd_today: spend.usd_today,
    workflows: performance.workflows,
    failed: performance.failed,
    degraded: performance.degraded,
    spooled: status.storage.spooled,
    quarantined: status.storage.quarantined,
  };
}
