import * as z from 'zod';
import type { ManagerStatus } from '../../workflow/manager-status.js';
import { serializedErrorSchema, toWireError } from './serialized-error.js';

const partDownSchema = z.strictObject({
  part: z.string(),
  since: z.iso.datetime(),
  error: serializedErrorSchema.nullable(),
});

export const activeRunSchema = z.strictObject({
  workflow_id: z.string(),
  movie_name: z.string(),
  status: z.enum(['queued', 'running']),
  /** The step that runs; null: none has begun. */
  step: z.string().nullable(),
  started_at: z.iso.datetime(),
});

export const statusSchema = z.strictObject({
  at: z.iso.datetime(),
  ready: z.boolean(),
  degraded: z.boolean(),
  down: z.array(partDownSchema),
  storage: z.strictObject({
    diverting: z.boolean(),
    spooled: z.int().min(0).nullable(),
    quarantined: z.int().min(0).nullable(),
  }),
  active_runs: z.array(activeRunSchema),
  version: z.string(),
});

export type WireActiveRun = z.infer<typeof activeRunSchema>;
export type WireStatus = z.infer<typeof statusSchema>;

export const toWireStatus = (
  { at, ready, degraded, down, storage }: ManagerStatus,
  activeRuns: WireActiveRun[],
  version: string,
): WireStatus => ({
  at,
  ready,
  degraded,
  down: down.map(({ part, since, error }) => ({ part, since, error: error === null ? null : toWireError(error) })),
  storage: { diverting: storage.diverting, spooled: storage.spooled, quarantined: storage.quarantined },
  active_runs: activeRuns,
  version,
});
