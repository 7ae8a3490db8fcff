import type { QuotaSeen } from '../../ports/call-context.js';
import { resetInMs } from '../http/retry-after.js';

/** Limits of a day, of the app and of the user. Source: reports of clients; they are not documented. */
const dayLimits = ['x-app-limit-24hour', 'x-user-limit-24hour'];
const windowLimit = 'x-rate-limit';

/** What an answer's headers say of the quota: of a day's limit that is used up, else of the window. @returns null when they are missing */
export function quotaOf(headers: Headers): QuotaSeen | null {
  const spent = spentDay(headers);
  const name = spent?.resetMs === undefined ? windowLimit : spent.name;
  const resetMs = resetInMs(headers, `${name}-reset`);
  const remaining = countOf(headers, `${name}-remaining`);
  const limit = countOf(headers, `${name}-limit`);
  if (resetMs === undefined || remaining === undefined) return null;
  return { remaining, resetAtMs: Date.now() + resetMs, ...(limit === undefined ? {} : { limit }) };
}

/** The limit of a day that is used up, if one is; of two, the one that comes back last. */
export function spentDay(headers: Headers): { readonly name: string; readonly resetMs: number | undefined } | null {
  const spent = dayLimits
    .filter((name) => countOf(headers, `${name}-remaining`) === 0)
    .map((name) => ({ name, resetMs: resetInMs(headers, `${name}-reset`) }))
    .toSorted((one, other) => (other.resetMs ?? 0) - (one.resetMs ?? 0));
  return spent[0] ?? null;
}

function countOf(headers: Headers, name: string): number | undefined {
  const value = headers.get(name)?.trim() ?? '';
  return /^\d{1,12}$/.test(value) ? Number(value) : undefined;
}
