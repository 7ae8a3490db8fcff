import type { Registry } from 'prom-client';
import { callMetrics } from './call-metrics.js';
import { boundsSeconds, type Labels, type Metric } from './metric.js';
import { searchMetrics } from './search-metrics.js';
import type { MetricsSnapshot } from './snapshot.js';
import { storeMetrics } from './store-metrics.js';

type PromClient = typeof import('prom-client');

export const allMetrics: readonly Metric[] = [...searchMetrics, ...callMetrics, ...storeMetrics];

/** A registry of its own, never the global one: the host may have metrics too. @param read - the snapshot of the scrape */
export function createRegistry(client: PromClient, read: () => MetricsSnapshot): Registry {
  const registry = new client.Registry();
  for (const metric of allMetrics) register(client, registry, metric, read);
  return registry;
}

function register(client: PromClient, registry: Registry, metric: Metric, read: () => MetricsSnapshot): void {
  const { name, help } = metric;
  const common = { name, help, labelNames: [...metric.labels], registers: [registry] };
  if (metric.kind === 'histogram') {
    registry.registerMetric(new (countedHistogram(client))({ ...common, registers: [] }, () => metric.read(read())));
    return;
  }
  if (metric.kind === 'gauge') {
    new client.Gauge({
      ...common,
      collect() {
        this.reset();
        for (const [labels, value] of metric.read(read())) this.set(labels, value);
      },
    });
    return;
  }
  new client.Counter({
    ...common,
    collect() {
      this.reset(); // the value is the count itself, which only grows
      for (const [labels, value] of metric.read(read())) this.inc(labels, value);
    },
  });
}

type ReadDurations = () => ReturnType<Extract<Metric, { readonly kind: 'histogram' }>['read']>;

/** A histogram whose counts were made elsewhere, at the time, exactly. */
function countedHistogram({ Histogram }: PromClient) {
  return class extends Histogram<string> {
    readonly #named: Pick<Metric, 'name' | 'help'>;
    readonly #read: ReadDurations;

    constructor(configuration: ConstructorParameters<typeof Histogram<string>>[0], read: ReadDurations) {
      super(configuration);
      this.#named = { name: configuration.name, help: configuration.help };
      this.#read = read;
    }

    /** What the registry asks for when it writes text. */
    async getForPromString() {
      const { name } = this.#named;
      const values = this.#read().flatMap(([labels, { counts, count, sumMs }]) => [
        ...counts.map((value, index) => line(`${name}_bucket`, value, { ...labels, le: String(boundsSeconds[index]) })),
        line(`${name}_bucket`, count, { ...labels, le: '+Inf' }),
        line(`${name}_sum`, sumMs / 1000, labels),
        line(`${name}_count`, count, labels),
      ]);
      return { ...this.#named, type: 'histogram', aggregator: 'sum', values };
    }
  };
}

const line = (metricName: string, value: number, labels: Labels) => ({ metricName, value, labels, sharedLabels: {} });
