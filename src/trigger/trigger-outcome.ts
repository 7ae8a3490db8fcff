/** How one callback ended. */
export type TriggerOutcome =
  | { readonly callback: string; readonly success: true; readonly result: unknown; readonly durationMs: number }
  | { readonly callback: string; readonly success: false; readonly error: Error; readonly durationMs: number };

/** An outcome without its result: what the history keeps. */
export interface TriggerSummary {
  readonly callback: string;
  readonly success: boolean;
  readonly durationMs: number;
  readonly error?: string;
}

/** One event that was triggered. */
export interface TriggerRecord {
  readonly event: string;
  readonly data: unknown;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Of the callbacks that have ended so far, in the order in which they ended. */
  readonly outcomes: readonly TriggerSummary[];
}
