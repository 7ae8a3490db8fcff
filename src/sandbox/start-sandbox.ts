import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Answer } from './answer.js';
import { deliver } from './deliver.js';
import { Doorkeeper } from './doorkeeper.js';
import { checkFaults } from './faults/check-faults.js';
import type { SandboxFault } from './faults/fault.js';
import { faultAnswer } from './faults/fault-answer.js';
import { FaultPlan } from './faults/fault-plan.js';
import { askedInstead, spoil } from './faults/spoil.js';
import { FilmCatalogue } from './film-catalogue.js';
import { loadFilms } from './load-films.js';
import { listen, stop } from './local-server.js';
import { PendingTimers } from './pending-timers.js';
import { PostShelf } from './posts/post-shelf.js';
import { resolveSandboxOptions, type SandboxOptions } from './sandbox-options.js';
import type { SandboxService } from './sandbox-service.js';
import { unlessKnown } from './tmdb/cacheable.js';
import { answerTmdb } from './tmdb/tmdb-routes.js';
import { answerX } from './x/x-routes.js';

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
  /** Replaces what goes wrong from now on. @throws INVALID_OPTIONS that says which fault is wrong, and changes nothing */
  setFaults(faults: readonly SandboxFault[]): void;
  /** Ends all connections. */
  close(): Promise<void>;
}

/**
 * Starts a server on 127.0.0.1 that speaks TMDB v3 and X v2. The token of both is `sandbox`.
 * @throws INVALID_OPTIONS for an option that cannot be used, a port in use, or a file that cannot be read; DATA_PARSE for a broken line of it
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { port, movies, latencyMs, limits, faults, seed, vocabulary, retweets } = resolveSandboxOptions(options);
  const films = new FilmCatalogue(await loadFilms(movies));
  const posts = new PostShelf({ films, seed, retweets });
  const plan = new FaultPlan();
  plan.set(faults);
  const doorkeeper = new Doorkeeper(limits);
  const requests: SandboxRequest[] = [];
  const timers = new PendingTimers();

  const answer = (service: SandboxService, path: string, query: URLSearchParams, request: IncomingMessage): Answer => {
    const { refusal, headers } = doorkeeper.arrive(service, request, query);
    const said =
      refusal ?? (service === 'tmdb' ? answerTmdb(path, query, films) : answerX(path, query, { posts, vocabulary }));
    return { ...said, headers: { ...said.headers, ...headers } };
  };

  const receive = (request: IncomingMessage, response: ServerResponse): void => {
    const arrivedAtMs = performance.now();
    const url = URL.parse(request.url ?? '/', 'http://sandbox');
    const [, service, path = '/'] = /^\/(tmdb|x)(\/.*)?$/.exec(url?.pathname ?? '') ?? [];
    if (url === null || (service !== 'tmdb' && service !== 'x')) {
      deliver(
        { status: 404, body: { error: 'paths begin with /tmdb or /x' } },
        { request, response, fault: null, timers },
      );
      return;
    }
    const query = url.searchParams;
    requests.push(entryOf(service, request, path, query));
    const fault = plan.next(service, path);
    const said =
      faultAnswer(service, fault, Date.now()) ??
      unlessKnown(
        spoil(service, answer(service, path, askedInstead(query, fault), request), { fault, query }),
        request.headers['if-none-match'],
      );
    const leftMs = Math.max(0, latencyMs[service] - (performance.now() - arrivedAtMs));
    timers.after(leftMs + (fault?.kind === 'slow' ? fault.ms : 0), response, () =>
      deliver(said, { request, response, fault, timers }),
    );
  };

  const server = createServer(receive);
  const base = await listen(server, port);
  return {
    tmdbUrl: `${base}/tmdb`,
    xUrl: `${base}/x`,
    requests,
    setFaults: (next) => {
      checkFaults(next, 'setFaults');
      plan.set(next);
    },
    close: () => {
      timers.clear();
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
