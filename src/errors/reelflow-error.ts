import { type ErrorCode, isRetryableCode } from './error-code.js';

const marker = Symbol.for('reelflow.error');

export interface ReelflowErrorOptions {
  /** The error that led here. It must hold no credential: adapters redact before they wrap. */
  readonly cause?: unknown;
  /** Overrides the default of the code. */
  readonly retryable?: boolean | undefined;
  /** How long the other side asked us to wait, in milliseconds from now. */
  readonly retryAfterMs?: number | undefined;
  /** Plain facts for logs and tests, such as `{ status: 503, retryAtMs }`. Never a credential. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * The only error this library throws or reports. Branch on `code`; recognise it by {@link isReelflowError},
 * never by `instanceof`, so that two copies of the package in one process understand each other.
 */
export class ReelflowError extends Error {
  override readonly name = 'ReelflowError';
  readonly code: ErrorCode;
  /** Whether the coordinator may try again. */
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, options: ReelflowErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? isRetryableCode(code);
    this.retryAfterMs = options.retryAfterMs;
    this.details = Object.freeze({ ...options.details });
    Object.defineProperty(this, marker, { value: true });
  }

  /** For `JSON.stringify`, which would leave the message out; without stack and cause, which may hold more than a log should. */
  toJSON(): {
    readonly name: string;
    readonly code: ErrorCode;
    readonly message: string;
    readonly retryable: boolean;
    readonly retryAfterMs: number | undefined;
    readonly details: Readonly<Record<string, unknown>>;
  } {
    const { name, code, message, retryable, retryAfterMs, details } = this;
    return { name, code, message, retryable, retryAfterMs, details };
  }
}

/** True for an error made by any copy of this package. */
export const isReelflowError = (value: unknown): value is ReelflowError =>
  typeof value === 'object' && value !== null && marker in value;
