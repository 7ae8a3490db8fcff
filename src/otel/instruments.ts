import type { Counter, Histogram, Meter } from '@opentelemetry/api';

/** What is measured as it happens. Durations are in seconds. */
export interface Instruments {
  readonly searches: Histogram;
  readonly steps: Histogram;
  readonly calls: Histogram;
  readonly attempts: Histogram;
  readonly operations: Histogram;
  readonly waits: Counter;
  readonly retries: Counter;
}

/** Of a search and its steps: from a stored answer to the default deadline. */
const searchSeconds = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];
/** As the conventions recommend for HTTP requests and for database operations. */
const httpSeconds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
const databaseSeconds = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10];

export function createInstruments(meter: Meter): Instruments {
  const seconds = (name: string, description: string, explicitBucketBoundaries: number[]) =>
    meter.createHistogram(name, { description, unit: 's', advice: { explicitBucketBoundaries } });
  return {
    searches: seconds('reelflow.search.duration', 'Duration of searches, as their users wait for them.', searchSeconds),
    steps: seconds('reelflow.step.duration', 'Duration of the steps of runs.', searchSeconds),
    calls: seconds('reelflow.api.call.duration', 'Duration of API calls, waits and retries included.', searchSeconds),
    attempts: seconds('reelflow.api.attempt.duration', 'Duration of single attempts of API calls.', httpSeconds),
    operations: seconds('db.client.operation.duration', 'Duration of database client operations.', databaseSeconds),
    waits: meter.createCounter('reelflow.api.waits', {
      description: 'Calls that had to wait for a free place of a limit.',
      unit: '{wait}',
    }),
    retries: meter.createCounter('reelflow.retries', {
      description: 'Failed attempts of API calls and database operations that were followed by another.',
      unit: '{retry}',
    }),
  };
}
