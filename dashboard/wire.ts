import type { z } from 'zod';
import type { WireAutomationStats } from '../src/http/wire/automation-stats.js';
import type { sampleSchema } from '../src/http/wire/history.js';
import type { WireStatus } from '../src/http/wire/status.js';

export type { WireAnalysis } from '../src/http/wire/analysis.js';
export type { WireRecommendation } from '../src/http/wire/recommendation.js';
export type { WireError } from '../src/http/wire/serialized-error.js';
export type { WireStepReport } from '../src/http/wire/step-report.js';
export type { WireWorkflowResult } from '../src/http/wire/workflow-result.js';

/** The statistics of a moment, as the stream tells them. */
export type WireMoment = WireAutomationStats & { readonly status: WireStatus };

/** A moment of the past hour; its counters only grow. */
export type WireSample = z.infer<typeof sampleSchema>;

export interface WireQuarantined {
  readonly id: string;
  readonly kind: string;
  readonly reason: { readonly code: string; readonly message: string };
  readonly field: string | null;
  readonly raw: string;
  readonly quarantined_at: string;
}
