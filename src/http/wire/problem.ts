import * as z from 'zod';
import { errorCodes } from '../../errors/error-code.js';
import { workflowResultSchema } from './workflow-result.js';

/** Codes of answers that no error of the library stands behind. */
const httpCodes = [
  'UNAUTHORIZED',
  'FORBIDDEN',
  'NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'IDEMPOTENCY_KEY_REUSED',
  'TOO_MANY_REQUESTS',
  'TIMEOUT',
] as const;

export type HttpCode = (typeof httpCodes)[number];

/** RFC 9457. */
export const problemSchema = z.strictObject({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.int().min(400).max(599),
  detail: z.string(),
  code: z.enum([...errorCodes, ...httpCodes]),
  retry_at_ms: z.number().optional(),
  /** With MOVIE_NOT_FOUND of a search: what was done to find it, and films that may be meant. */
  workflow_result: workflowResultSchema.optional(),
});

export type WireProblem = z.infer<typeof problemSchema>;
