import type { FreshnessSeen } from '../../ports/call-context.js';

/** RFC 9110, 8.8.3. What else a cache may have kept is not sent: it could not stand in a header. */
const entityTag = /^(W\/)?"[\x21\x23-\x7e]*"$/;

/** The header that asks whether an earlier answer still holds. */
export const revalidating = (etag: string | undefined): Readonly<Record<string, string>> =>
  etag === undefined || !entityTag.test(etag) ? {} : { 'if-none-match': etag };

/** What `ETag`, `Cache-Control` and `Age` say. @returns null when they say nothing, or forbid to keep the answer */
export function freshnessOf(headers: Headers): FreshnessSeen | null {
  const etag = headers.get('etag')?.trim() ?? '';
  const control = (headers.get('cache-control') ?? '').toLowerCase();
  if (/\bno-store\b/.test(control)) return null;
  const maxAgeMs = ageLeftMs(control, headers.get('age'));
  if (!entityTag.test(etag) && maxAgeMs === undefined) return null;
  return {
    ...(entityTag.test(etag) ? { etag } : {}),
    ...(maxAgeMs === undefined ? {} : { maxAgeMs }),
  };
}

/** `max-age`, less the time that the answer has already lain in the provider's own caches. */
function ageLeftMs(control: string, age: string | null): number | undefined {
  if (/\bno-cache\b/.test(control)) return 0;
  const seconds = /(?:^|[\s,])max-age=(\d{1,9})\b/.exec(control)?.[1];
  if (seconds === undefined) return undefined;
  const spent = /^\d{1,9}$/.test(age ?? '') ? Number(age) : 0;
  return Math.max(0, Number(seconds) - spent) * 1000;
}
