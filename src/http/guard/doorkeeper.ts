import type { ResolvedOrchestratorOptions } from '../options.js';
import type { AppContext, Route } from '../routes/route.js';
import { type Caller, checkAccess, checkSameSite } from './access.js';
import { BearerTokens } from './bearer-tokens.js';
import { addressOf } from './connection.js';
import { RequestRate } from './rate-limit.js';

/** Decides who comes in: by token, by rate, by what the route asks for. */
export class Doorkeeper {
  readonly #options: ResolvedOrchestratorOptions;
  readonly #tokens: BearerTokens | null;
  readonly #rate: RequestRate | null;

  constructor(options: ResolvedOrchestratorOptions) {
    const { auth, rateLimit } = options;
    this.#options = options;
    this.#tokens = auth === 'none' ? null : new BearerTokens(auth.bearer, auth.readOnly ?? []);
    this.#rate = rateLimit === null ? null : new RequestRate(rateLimit);
  }

  /** @throws RequestRefused with 401, 403 or 429 */
  admit(c: AppContext, { access, unlimited }: Pick<Route, 'access' | 'unlimited'>): Caller {
    const holder = this.#tokens === null ? null : this.#tokens.holderOf(c.req.header('authorization'));
    const key = holder?.key ?? this.#nameOf(c);
    if (unlimited !== true) this.#rate?.take(key); // before the token is judged: guessing is limited too
    if (this.#tokens !== null) {
      checkAccess(access, holder);
      return { key, mayStart: holder?.mayStart ?? false };
    }
    const { cors } = this.#options;
    if (access === 'start') checkSameSite(c.req.raw, cors?.origins ?? []);
    return { key, mayStart: true };
  }

  #nameOf(c: AppContext): string {
    const named = this.#options.callerOf?.(c.req.raw);
    return `from:${named ?? addressOf(c.env) ?? 'anywhere'}`;
  }
}
