import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ReelflowError } from '../errors/reelflow-error.js';
import { type Answer, htmlPage, send } from './answer.js';
import { ArrivalWindow } from './arrival-window.js';
import { FaultPlan, type SandboxFault } from './faults.js';
import { FilmCatalogue } from './film-catalogue.js';
import { loadFilms } from './load-films.js';
import { PostShelf } from './posts/post-shelf.js';
import { resolveSandboxOptions, type SandboxOptions } from './sandbox-options.js';
import type { SandboxService } from './sandbox-service.js';
import { answerTmdb, tmdbFailure } from './tmdb/tmdb-routes.js';
import { answerX, xProblem } from './x/x-routes.js';

/** A request that was received. It never holds the credential. */
export interface SandboxRequest {
  readonly service: SandboxService;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly receivedAtMs: number;
}

export interface Sandbox {
  /** The `baseUrl` of a TmdbClient. */
  readonly tmdbUrl: string;
  /** The `baseUrl` of a TwitterClient. */
  readonly xUrl: string;
  /** Grows by one entry for each request received; empty it (`length = 0`) when it gets long. */
  readonly requests: SandboxRequest[];
  /** Replaces what goes wrong from now on. */
  setFaults(faults: readonly SandboxFault[]): void;
  /** Ends all connections. */
  close(): Promise<void>;
}

const token = 'sandbox';

/**
 * Starts a server on 127.0.0.1 that speaks TMDB v3 and X v2. The token of both is `sandbox`.
 * @throws INVALID_OPTIONS for an option that cannot be used, a port in use, or a file that cannot be read; DATA_PARSE for a broken line of it
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { port, movies, latencyMs, limits, faults, seed } = resolveSandboxOptions(options);
  const films = new FilmCatalogue(await loadFilms(movies));
  const posts = new PostShelf(films, seed);
  const plan = new FaultPlan();
  plan.set(faults);
  const doors = { tmdb: new ArrivalWindow(limits.tmdb), x: new ArrivalWindow(limits.x) };
  const requests: SandboxRequest[] = [];
  const waiting = new Set<NodeJS.Timeout>();

  const answer = (service: SandboxService, path: string, query: URLSearchParams, request: IncomingMessage): Answer => {
    const door = doors[service].arrive(Date.now());
    const headers = service === 'tmdb' ? {} : rateHeaders(door);
    if (!isAuthorized(request, query)) return { ...unauthorized(service), headers };
    if (door.refused) return { ...tooMany(service), headers };
    const said = service === 'tmdb' ? answerTmdb(path, query, films) : answerX(path, query, posts);
    return { ...said, headers: { ...said.headers, ...headers } };
  };

  const receive = (request: IncomingMessage, response: ServerResponse): void => {
    const url = new URL(request.url ?? '/', 'http://sandbox');
    const [, service, path] = /^\/(tmdb|x)(\/.*)?$/.exec(url.pathname) ?? [];
    if (service !== 'tmdb' && service !== 'x') {
      send(request, response, { status: 404, body: { error: 'paths begin with /tmdb or /x' } }, null);
      return;
    }
    requests.push(entryOf(service, request, path ?? '/', url.searchParams));
    const fault = plan.next(service, path ?? '/');
    const said = answerByFault(service, fault) ?? answer(service, path ?? '/', url.searchParams, request);
    const delayMs = latencyMs[service] + (fault?.kind === 'slow' ? fault.ms : 0);
    const timer = setTimeout(() => {
      waiting.delete(timer);
      if (!response.destroyed) send(request, response, said, fault);
    }, delayMs);
    waiting.add(timer);
  };

  const server = createServer(receive);
  const base = await listen(server, port);
  return {
    tmdbUrl: `${base}/tmdb`,
    xUrl: `${base}/x`,
    requests,
    setFaults: (next) => plan.set(next),
    close: () => {
      for (const timer of waiting) clearTimeout(timer);
      return stop(server);
    },
  };
}

function entryOf(
  service: SandboxService,
  request: IncomingMessage,
  path: string,
  query: URLSearchParams,
): SandboxRequest {
  const shown = Object.fromEntries([...query].filter(([name]) => name !== 'api_key'));
  return { service, method: request.method ?? 'GET', path, query: shown, receivedAtMs: Date.now() };
}

const isAuthorized = ({ headers }: IncomingMessage, query: URLSearchParams): boolean =>
  headers.authorization === `Bearer ${token}` || query.get('api_key') === token;

const unauthorized = (service: SandboxService): Answer =>
  service === 'tmdb'
    ? tmdbFailure(401, 7, 'The key is not valid: the sandbox takes the token "sandbox".')
    : xProblem(401, 'Unauthorized', 'Unauthorized');

const tooMany = (service: SandboxService): Answer =>
  service === 'tmdb'
    ? tmdbFailure(429, 25, 'The request count is over the limit.')
    : xProblem(429, 'Too Many Requests', 'Too Many Requests');

function rateHeaders({
  limit,
  remaining,
  resetAtMs,
}: {
  limit: number;
  remaining: number;
  resetAtMs: number;
}): Record<string, string> {
  return {
    'x-rate-limit-limit': String(limit),
    'x-rate-limit-remaining': String(remaining),
    'x-rate-limit-reset': String(Math.ceil(resetAtMs / 1000)),
  };
}

/** The faults that are an answer of their own. */
function answerByFault(service: SandboxService, fault: SandboxFault | null): Answer | null {
  if (fault?.kind === 'html') return htmlPage(fault.status ?? 502);
  if (fault?.kind === 'credits') {
    const wording = fault.wording ?? 'credits';
    const title = wording === 'credits' ? 'CreditsDepleted' : 'Payment Required';
    return xProblem(402, title, 'The account has no credits left.', `https://api.twitter.com/2/problems/${wording}`);
  }
  if (fault?.kind === 'usage-cap') {
    return xProblem(
      429,
      'UsageCapExceeded',
      'The monthly cap is used up.',
      'https://api.twitter.com/2/problems/usage-capped',
      { period: 'Monthly' },
    );
  }
  if (fault?.kind !== 'status') return null;
  const said =
    service === 'tmdb'
      ? tmdbFailure(fault.status, fault.status >= 500 ? 11 : 25, 'A fault of the sandbox.')
      : xProblem(fault.status, 'Fault', 'A fault of the sandbox.');
  const wait = fault.retryAfterSec === undefined ? {} : { 'retry-after': String(fault.retryAfterSec) };
  return { ...said, headers: { ...wait, ...fault.headers } };
}

function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why =
        cause.code === 'EADDRINUSE'
          ? 'is in use: choose another, or 0 for a free one'
          : `cannot be opened (${cause.code})`;
      reject(new ReelflowError('INVALID_OPTIONS', `startSandbox: port ${port} ${why}`, { cause }));
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : port}`);
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
