export { createInstrumentation, type OpenTelemetryInstrumentation } from './create-instrumentation.js';
export type {
  ObservedApi,
  ObservedManager,
  ObservedStatistics,
  ObservedStatus,
  ObservedTarget,
} from './observed-manager.js';
export type { OpenTelemetryOptions } from './options.js';
