import type { ErrorCode } from '../errors/error-code.js';

/** One finished call or operation. */
export interface CallRecord {
  readonly kind: 'api' | 'operation';
  readonly name: string;
  /** When it was asked for. */
  readonly startedAt: string;
  readonly success: boolean;
  readonly code: ErrorCode | null;
  readonly attempts: number;
  readonly durationMs: number;
}
