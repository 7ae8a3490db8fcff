import { ReelflowError } from '../../../errors/reelflow-error.js';

/** When a lease taken now ends, as ISO text. @throws INVALID_INPUT */
export function leaseEnd(leaseMs: number): string {
  if (Number.isFinite(leaseMs) && leaseMs > 0) return new Date(Date.now() + leaseMs).toISOString();
  throw new ReelflowError('INVALID_INPUT', `leaseMs must be a number of milliseconds above 0, got ${String(leaseMs)}`);
}
