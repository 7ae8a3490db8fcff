import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { HTTPException } from 'hono/http-exception';
import packageJson from '../../package.json' with { type: 'json' };
import { toReelflowError } from '../errors/classify-error.js';
import { ReelflowError } from '../errors/reelflow-error.js';
import { StatisticsRecorder } from '../monitor/statistics-recorder.js';
import type { AutomatedWorkflowManager } from '../workflow/automated-workflow-manager.js';
import { OpenStreams } from './feed/open-streams.js';
import { RunFeed } from './feed/run-feed.js';
import { StatsTicker } from './feed/stats-ticker.js';
import { Doorkeeper } from './guard/doorkeeper.js';
import { Places } from './guard/places.js';
import { inTime } from './in-time.js';
import { Metrics } from './metrics/metrics.js';
import { type OrchestratorOptions, type ResolvedOrchestratorOptions, resolveOptions } from './options.js';
import { knownProblem, problemAnswer } from './problem.js';
import { allRoutes } from './routes/all-routes.js';
import type { AppContext, AppEnv, Route } from './routes/route.js';
import type { Service } from './service.js';
import { readSnapshot } from './status-reader.js';

export type OrchestratorApp = Hono<AppEnv>;

/**
 * The service around a manager, as an app whose `fetch(Request) => Promise<Response>` mounts anywhere. Make one for a
 * manager: it listens to the manager's events until the manager closes, and then ends its streams.
 * @throws INVALID_OPTIONS that names the option
 */
export function createOrchestratorApp(
  manager: AutomatedWorkflowManager,
  options: OrchestratorOptions,
): OrchestratorApp {
  if (typeof manager?.startUserSearch !== 'function')
    throw new ReelflowError('INVALID_OPTIONS', 'the manager must be an AutomatedWorkflowManager');
  const resolved = resolveOptions(options);
  const service = createService(manager, resolved);
  const app = new Hono<AppEnv>();
  addCors(app, resolved);
  addRoutes(app, allRoutes(service), resolved);
  app.notFound(() => problemAnswer({ status: 404, code: 'NOT_FOUND', detail: 'there is no such route' }));
  app.onError((error, c) => failure(error, c, resolved));
  return app;
}

function createService(manager: AutomatedWorkflowManager, options: ResolvedOrchestratorOptions): Service {
  const { version } = packageJson;
  const feed = new RunFeed(manager);
  return {
    manager,
    options,
    version,
    feed,
    metrics: new Metrics(manager, version),
    recorder: options.recorder ?? new StatisticsRecorder(manager),
    ticker: new StatsTicker(() => readSnapshot({ manager, feed, version })),
    streams: new OpenStreams(options.maxStreams, manager.closing),
    searches: new Places(options.maxSearchesPerCaller),
    boot: randomBytes(6).toString('hex'),
  };
}

function addCors(app: OrchestratorApp, { cors: allowed, basePath }: ResolvedOrchestratorOptions): void {
  if (allowed === null) return;
  app.use(
    `${basePath}/*`,
    cors({
      origin: allowed.origins === '*' ? '*' : [...allowed.origins],
      allowMethods: ['GET', 'POST'],
      allowHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key', 'Last-Event-ID'],
      exposeHeaders: ['Location', 'Retry-After'],
      maxAge: 600,
    }),
  );
}

function addRoutes(app: OrchestratorApp, routes: readonly Route[], options: ResolvedOrchestratorOptions): void {
  const door = new Doorkeeper(options);
  const methods = new Map<string, string[]>();
  for (const route of routes) {
    const path = options.basePath + route.path;
    methods.set(path, [...(methods.get(path) ?? []), route.method]);
    app.on(route.method, path, async (c) => {
      try {
        c.set('caller', door.admit(c, route));
        if ('answer' in route) return route.answer(c);
        return await inTime(options.requestTimeoutMs, c.req.raw.signal, (signal) => route.work(c, signal));
      } catch (thrown) {
        return failure(thrown, c, options);
      }
    });
  }
  for (const [path, allowed] of methods) {
    const Allow = allowed.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ');
    app.all(path, () =>
      problemAnswer({ status: 405, code: 'METHOD_NOT_ALLOWED', detail: `use ${Allow} here` }, { Allow }),
    );
  }
}

/** What is not known is logged, and answered without a word about it. */
function failure(thrown: unknown, c: AppContext, { logger }: ResolvedOrchestratorOptions): Response {
  const known = knownProblem(thrown);
  if (known !== null) return known;
  if (thrown instanceof HTTPException && thrown.status < 500)
    return problemAnswer({ status: thrown.status, code: 'INVALID_INPUT', detail: 'the request cannot be read' });
  const { code, message } = toReelflowError(thrown, 'api');
  logger.error({ code, method: c.req.method, route: c.req.routePath }, `a request failed: ${message}`);
  return problemAnswer({ status: 500, code: 'UNEXPECTED', detail: 'something went wrong here; it was logged' });
}
