/** A day: what asks for longer is a cap, not a pause. */
const longestMs = 86_400_000;

/**
 * How long the provider asks us to wait, by `Retry-After` (seconds or a date) or, for a 429, `x-rate-limit-reset` (Unix seconds).
 * Moments are measured against the answer's own `Date`, so that a wrong clock here does not matter. @returns undefined when it says nothing
 */
export function retryAfterMs(headers: Headers, status: number): number | undefined {
  const asked = headers.get('retry-after')?.trim();
  if (asked !== undefined && /^\d+(\.\d+)?$/.test(asked)) return within(Number(asked) * 1000);
  if (asked !== undefined && !Number.isNaN(Date.parse(asked))) return within(Date.parse(asked) - answeredAtMs(headers));
  if (status !== 429) return undefined;
  return resetInMs(headers);
}

/** Until a window ends by its header of Unix seconds, in milliseconds; at least one second, for the provider's whole seconds. */
export function resetInMs(headers: Headers, name = 'x-rate-limit-reset'): number | undefined {
  const reset = headers.get(name)?.trim();
  if (reset === undefined || !/^\d{9,11}$/.test(reset)) return undefined;
  return within(Math.max(1000, Number(reset) * 1000 - answeredAtMs(headers)));
}

const within = (ms: number): number => Math.min(Math.max(0, Math.ceil(ms)), longestMs);

function answeredAtMs(headers: Headers): number {
  const date = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(date) ? Date.now() : date;
}
