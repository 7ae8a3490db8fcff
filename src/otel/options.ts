import type { MeterProvider, TracerProvider } from '@opentelemetry/api';
import { ReelflowError } from '../errors/reelflow-error.js';

export interface OpenTelemetryOptions {
  /** @default the global one, also when it is registered later */
  readonly tracerProvider?: TracerProvider | undefined;
  /** @default the global one, also when it is registered later */
  readonly meterProvider?: MeterProvider | undefined;
  /** Puts the searched name into the spans of searches and runs, never into metrics. @default false */
  readonly recordTitles?: boolean | undefined;
  /**
   * The `db.system.name` of the conventions, such as 'postgresql', 'mysql', 'mariadb' or 'sqlite'.
   * @default 'other_sql', which the conventions give to a database that is not named
   */
  readonly databaseSystem?: string | undefined;
  /**
   * The base URL of each API by its name, such as `{ tmdb: 'https://api.themoviedb.org' }`: its attempts then carry
   * `server.address` and `server.port`. Nothing else of the URL is used. @default none
   */
  readonly servers?: Readonly<Record<string, string>> | undefined;
}

interface Server {
  readonly address: string;
  readonly port: number;
}

export interface ResolvedOpenTelemetryOptions {
  readonly tracerProvider: TracerProvider | undefined;
  readonly meterProvider: MeterProvider | undefined;
  readonly recordTitles: boolean;
  readonly databaseSystem: string;
  readonly servers: ReadonlyMap<string, Server>;
}

/** @throws INVALID_OPTIONS that names the option */
export function resolveOpenTelemetryOptions(options: OpenTelemetryOptions): ResolvedOpenTelemetryOptions {
  if (typeof options !== 'object' || options === null) refuse('the options', 'must be an object');
  const { tracerProvider, meterProvider, recordTitles = false, databaseSystem = 'other_sql', servers = {} } = options;
  if (tracerProvider !== undefined && typeof tracerProvider?.getTracer !== 'function')
    refuse('tracerProvider', 'must be a TracerProvider: an object with getTracer');
  if (meterProvider !== undefined && typeof meterProvider?.getMeter !== 'function')
    refuse('meterProvider', 'must be a MeterProvider: an object with getMeter');
  if (typeof recordTitles !== 'boolean') refuse('recordTitles', 'must be true or false');
  if (typeof databaseSystem !== 'string' || databaseSystem === '')
    refuse('databaseSystem', "must be a name such as 'postgresql'");
  if (typeof servers !== 'object' || servers === null) refuse('servers', 'must be an object of base URLs by API name');
  return {
    tracerProvider,
    meterProvider,
    recordTitles,
    databaseSystem,
    servers: new Map(Object.entries(servers).map(([api, url]) => [api, serverOf(api, url)])),
  };
}

function serverOf(api: string, url: unknown): Server {
  if (typeof url !== 'string' || !URL.canParse(url) || !/^https?:/i.test(url))
    return refuse(`servers.${api}`, "must be a base URL such as 'https://api.themoviedb.org'");
  const { hostname, port, protocol } = new URL(url);
  return { address: hostname, port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port) };
}

function refuse(option: string, why: string): never {
  throw new ReelflowError('INVALID_OPTIONS', `${option} ${why}`);
}
