/** Every code a {@link ReelflowError} can carry. Callers branch on it; messages may change, codes do not. */
export const errorCodes = [
  'API_TIMEOUT',
  'API_NETWORK',
  'API_UNAVAILABLE',
  'API_RATE_LIMITED',
  'API_QUOTA_EXHAUSTED',
  'API_INVALID_RESPONSE',
  'API_UNAUTHORIZED',
  'API_FORBIDDEN',
  'API_BAD_REQUEST',
  'API_NOT_FOUND',
  'CIRCUIT_OPEN',
  'DB_CONNECTION',
  'DB_TIMEOUT',
  'DB_CONFLICT',
  'DB_CONSTRAINT',
  'DB_STORAGE_FULL',
  'DB_READ_ONLY',
  'DATA_MISSING_FIELD',
  'DATA_INVALID_FORMAT',
  'DATA_PARSE',
  'DATA_ENCODING',
  'MOVIE_NOT_FOUND',
  'INVALID_INPUT',
  'INVALID_OPTIONS',
  'CANCELLED',
  'CLOSED',
  'DEPENDENCY_MISSING',
  'UNEXPECTED',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

const retryableCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'API_TIMEOUT',
  'API_NETWORK',
  'API_UNAVAILABLE',
  'API_RATE_LIMITED',
  'API_INVALID_RESPONSE',
  'DB_CONNECTION',
  'DB_TIMEOUT',
  'DB_CONFLICT',
]);

/** Whether a failure with this code is worth another attempt when nobody says otherwise. */
export const isRetryableCode = (code: ErrorCode): boolean => retryableCodes.has(code);
