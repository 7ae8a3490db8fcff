import type { Instrumentation } from '../ports/instrumentation.js';
import { observeManager } from './observe-manager.js';
import type { ObservedManager } from './observed-manager.js';
import { type OpenTelemetryOptions, resolveOpenTelemetryOptions } from './options.js';
import { startCallSpan } from './scopes/call-span.js';
import { startRunSpan } from './scopes/run-span.js';
import { startSearchSpan } from './scopes/search-span.js';
import { startStepSpan } from './scopes/step-span.js';
import { Telemetry } from './telemetry.js';

export interface OpenTelemetryInstrumentation extends Required<Instrumentation> {
  /**
   * Adds what the manager's statistics know: runs, quota, breakers, spend, cache, spool and quarantine. Ends by itself
   * when the manager begins to close. One manager for each instrumentation: two would report as one.
   * @returns stop
   */
  observe(manager: ObservedManager): () => void;
}

/**
 * Traces and metrics for OpenTelemetry: give it as `instrumentation` to a manager or a coordinator. Without a registered
 * SDK, or providers by option, it makes nothing.
 * @throws INVALID_OPTIONS that names the option
 */
export function createInstrumentation(options: OpenTelemetryOptions = {}): OpenTelemetryInstrumentation {
  const telemetry = new Telemetry(resolveOpenTelemetryOptions(options));
  return {
    startSearch: (search) => startSearchSpan(telemetry, search),
    startRun: (run) => startRunSpan(telemetry, run),
    startStep: (step) => startStepSpan(telemetry, step),
    startCall: (call) => startCallSpan(telemetry, call),
    observe: (manager) => observeManager(telemetry.meter(), manager),
  };
}
