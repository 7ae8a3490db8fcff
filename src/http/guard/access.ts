import { RequestRefused } from '../problem.js';
import type { TokenHolder } from './bearer-tokens.js';

/** public: without a token; read: any token; start: one that is not read-only. */
export type Access = 'public' | 'read' | 'start';

export interface Caller {
  /** For the limits. */
  readonly key: string;
  readonly mayStart: boolean;
}

/** @throws RequestRefused with 401 or 403 */
export function checkAccess(access: Access, holder: TokenHolder | null): void {
  if (access === 'public') return;
  if (holder === null) {
    throw new RequestRefused(401, 'UNAUTHORIZED', 'send a token: Authorization: Bearer <token>', {
      'WWW-Authenticate': 'Bearer',
    });
  }
  if (access === 'start' && !holder.mayStart)
    throw new RequestRefused(403, 'FORBIDDEN', 'this token is read-only: it starts nothing');
}

/**
 * Without tokens a page of anywhere could start searches from the browser of somebody who reaches the app.
 * @throws RequestRefused with 403
 */
export function checkSameSite(request: Request, origins: readonly string[] | '*'): void {
  if (origins === '*' || !isFromOtherSite(request)) return;
  if (origins.includes(request.headers.get('origin') ?? '')) return;
  throw new RequestRefused(403, 'FORBIDDEN', "pages of other sites start nothing: name their origin in 'cors'");
}

/** Browsers say it over HTTPS and to this machine; over plain HTTP they name but the page's origin. What is no browser says neither. */
function isFromOtherSite({ headers, url }: Request): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site === 'cross-site';
  const origin = headers.get('origin');
  if (origin === null) return false;
  const asked = [headers.get('x-forwarded-host'), headers.get('host') ?? new URL(url).host];
  const hosts = asked.flatMap((names) => (names ?? '').toLowerCase().split(/\s*,\s*/));
  return !URL.canParse(origin) || !hosts.includes(new URL(origin).host);
}
