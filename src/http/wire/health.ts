import * as z from 'zod';
import { errorCodes } from '../../errors/error-code.js';
import type { ManagerStatus } from '../../workflow/manager-status.js';

export const liveSchema = z.strictObject({ status: z.literal('live') });

/** Public, so it says what is down and why by its code alone: a message may name a host or a path. */
export const readySchema = z.strictObject({
  status: z.enum(['ready', 'degraded', 'not_ready']),
  down: z.array(
    z.strictObject({
      part: z.string(),
      since: z.iso.datetime(),
      error: z.strictObject({ code: z.enum(errorCodes) }).nullable(),
    }),
  ),
});

export type WireReady = z.infer<typeof readySchema>;

export const toWireReady = ({ ready, degraded, down }: ManagerStatus): WireReady => ({
  status: !ready ? 'not_ready' : degraded ? 'degraded' : 'ready',
  down: down.map(({ part, since, error }) => ({ part, since, error: error === null ? null : { code: error.code } })),
});
