import type { BeginOptions } from './dialect.js';

/** For an event loop that is held up. */
const leastMs = 1000;

/** How long a server keeps a transaction of ours open in which it hears nothing: we are never silent for long in one. */
export const longestIdleMs = ({ timeoutMs }: Pick<BeginOptions, 'timeoutMs'>): number =>
  Math.max(leastMs, Math.ceil(timeoutMs));
