import * as z from 'zod';
import { errorCodes } from '../../errors/error-code.js';
import type { SerializedError } from '../../errors/serialized-error.js';

export const serializedErrorSchema = z.strictObject({
  code: z.enum(errorCodes),
  message: z.string(),
  step: z.string().optional(),
  api: z.string().optional(),
  retry_at_ms: z.number().optional(),
});

export type WireError = z.infer<typeof serializedErrorSchema>;

export const toWireError = ({ code, message, step, api, retryAtMs }: SerializedError): WireError => ({
  code,
  message,
  ...(step === undefined ? {} : { step }),
  ...(api === undefined ? {} : { api }),
  ...(retryAtMs === undefined ? {} : { retry_at_ms: retryAtMs }),
});
