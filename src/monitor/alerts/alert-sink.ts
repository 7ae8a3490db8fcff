import type { AlertNotice } from './alert-notice.js';

/** Takes notices somewhere. It gets them one at a time and in order: the next one when the promise of the last has settled. */
export interface AlertSink {
  /** For log lines. */
  readonly name: string;
  /** Rejecting, or throwing, costs this notice alone: trying again is the sink's own affair. `signal` aborts when the monitor gives up at its end. */
  notify(notice: AlertNotice, context: { readonly signal: AbortSignal }): Promise<void> | void;
  /** Called once, when the monitor has ended. */
  close?(): Promise<void> | void;
}

/** A callback is a sink too. */
export type AlertCallback = (notice: AlertNotice, context: { readonly signal: AbortSignal }) => Promise<void> | void;

/** What became of a sink's notices, exactly. */
export interface SinkStatistics {
  readonly name: string;
  readonly delivered: number;
  readonly failed: number;
  /** Given up because a hundred newer ones waited, or because the monitor ended. */
  readonly dropped: number;
  readonly waiting: number;
}
