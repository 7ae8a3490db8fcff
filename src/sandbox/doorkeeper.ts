import type { IncomingMessage } from 'node:http';
import type { Answer } from './answer.js';
import { ArrivalWindow, rateHeaders } from './arrival-window.js';
import type { ResolvedSandboxOptions } from './sandbox-options.js';
import type { SandboxService } from './sandbox-service.js';
import { tmdbFailure } from './tmdb/tmdb-failures.js';
import { xFailure } from './x/x-problems.js';

const token = 'sandbox';

export interface Arrival {
  /** What is answered to a request that is not let in. */
  readonly refusal: Answer | null;
  /** For every answer. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Lets in what has the token and the right method, and is not one too many. */
export class Doorkeeper {
  readonly #windows: Readonly<Record<SandboxService, ArrivalWindow>>;

  constructor({ tmdb, x }: ResolvedSandboxOptions['limits']) {
    this.#windows = { tmdb: new ArrivalWindow(tmdb), x: new ArrivalWindow(x) };
  }

  arrive(service: SandboxService, request: IncomingMessage, query: URLSearchParams): Arrival {
    const state = this.#windows[service].arrive(Date.now());
    const headers = service === 'tmdb' ? {} : rateHeaders(state);
    if (!isAuthorized(service, request, query)) return { refusal: unauthorized(service), headers };
    if (state.refused) return { refusal: service === 'tmdb' ? tmdbFailure(25) : xFailure(429), headers };
    if (request.method !== 'GET') return { refusal: service === 'tmdb' ? tmdbFailure(42) : xFailure(405), headers };
    return { refusal: null, headers };
  }
}

const isAuthorized = (service: SandboxService, { headers }: IncomingMessage, query: URLSearchParams): boolean =>
  headers.authorization === `Bearer ${token}` || (service === 'tmdb' && query.get('api_key') === token);

const unauthorized = (service: SandboxService): Answer =>
  service === 'tmdb' ? tmdbFailure(7, 'The key is not valid: the sandbox takes the token "sandbox".') : xFailure(401);
