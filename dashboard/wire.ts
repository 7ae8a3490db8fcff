import type { WireAutomationStats } from '../src/http/wire/automation-stats.js';
import type { WireStatus } from '../src/http/wire/status.js';

export type { WireAnalysis } from '../src/http/wire/analysis.js';
export type { WireAutomationStats } from '../src/http/wire/automation-stats.js';
export type { WireRecommendation } from '../src/http/wire/recommendation.js';
export type { WireError } from '../src/http/wire/serialized-error.js';
export type { WireStatus } from '../src/http/wire/status.js';
export type { WireStepReport } from '../src/http/wire/step-report.js';
export type { WireWorkflowResult } from '../src/http/wire/workflow-result.js';

/** The statistics of a moment, as the stream tells them. */
export type WireMoment = WireAutomationStats & { readonly status: WireStatus };

/** A moment of the past hour; its counters only grow. */
export interface WireSample {
  readonly at: string;
  readonly apis: Readonly<Record<string, { readonly total: number; readonly failed: number; readonly p95_ms: number }>>;
  readonly database: { readonly total: number; readonly failed: number; readonly p95_ms: number };
  readonly workflows: number;
  readonly failed: number;
  readonly degraded: number;
}

export interface WireQuarantined {
  readonly id: string;
  readonly kind: string;
  readonly reason: { readonly code: string; readonly message: string };
  readonly field: string | null;
  readonly raw: string;
  readonly quarantined_at: string;
}
