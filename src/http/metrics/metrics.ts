import type { Registry } from 'prom-client';
import { LatencyHistogram } from '../../coordinator/latency-histogram.js';
import type { AutomatedWorkflowManager } from '../../workflow/automated-workflow-manager.js';
import { boundsSeconds } from './metric.js';
import { createRegistry } from './registry.js';
import type { MetricsSnapshot } from './snapshot.js';

const boundsMs = boundsSeconds.map((seconds) => seconds * 1000);

export interface RenderedMetrics {
  readonly contentType: string;
  readonly text: string;
}

/** The metrics of one manager in Prometheus's text format. */
export class Metrics {
  readonly #manager: AutomatedWorkflowManager;
  readonly #version: string;
  readonly #searches = new LatencyHistogram();
  #registry: Promise<{ readonly registry: Registry; snapshot: MetricsSnapshot | undefined }> | undefined;
  #rendering: Promise<RenderedMetrics> | undefined;

  constructor(manager: AutomatedWorkflowManager, version: string) {
    this.#manager = manager;
    this.#version = version;
    for (const event of ['workflow_completed', 'workflow_failed'] as const) {
      const record = ({ result }: { readonly result: { readonly durationMs: number } }) =>
        this.#searches.record(result.durationMs);
      manager.trigger.registerTrigger(event, record, { name: 'metrics' });
    }
  }

  /** Those who ask at the same time share an answer. */
  render(): Promise<RenderedMetrics> {
    this.#rendering ??= this.#render().finally(() => {
      this.#rendering = undefined;
    });
    return this.#rendering;
  }

  async #render(): Promise<RenderedMetrics> {
    this.#registry ??= this.#create();
    const made = await this.#registry;
    const status = await this.#manager.getStatus().catch(() => null); // closed: its counters still stand
    made.snapshot = {
      statistics: this.#manager.getAutomationStatistics(),
      status,
      attempts: this.#manager.coordinator.attemptDurations(boundsMs),
      searches: this.#searches.cumulative(boundsMs),
      version: this.#version,
    };
    return { contentType: made.registry.contentType, text: await made.registry.metrics() };
  }

  async #create() {
    const { default: client } = await import('prom-client'); // not before somebody scrapes
    const made: { registry: Registry; snapshot: MetricsSnapshot | undefined } = {
      registry: createRegistry(client, () => snapshotOf(made)),
      snapshot: undefined,
    };
    return made;
  }
}

function snapshotOf({ snapshot }: { readonly snapshot: MetricsSnapshot | undefined }): MetricsSnapshot {
  if (snapshot === undefined) throw new Error('a scrape reads its snapshot first');
  return snapshot;
}
