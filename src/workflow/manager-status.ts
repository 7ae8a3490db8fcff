import type { CoordinatorStatistics, TargetStatistics } from '../coordinator/coordinator-statistics.js';
import { toReelflowError } from '../errors/classify-error.js';
import { ReelflowError } from '../errors/reelflow-error.js';
import { type SerializedError, serializeError } from '../errors/serialized-error.js';
import { nowMs } from '../resilience/clock.js';
import type { CachedMovies } from './cache/cached-movies.js';
import type { ResolvedManagerOptions } from './manager-options.js';
import type { StorageWriter } from './storage/storage-writer.js';

/** A part that does not work now. */
export interface PartDown {
  /** 'database', 'spool', 'cache', 'api:' or 'operation:' and its name when its breaker is open. */
  readonly part: string;
  /** When it was first seen, ISO 8601. */
  readonly since: string;
  /** null: not known. */
  readonly error: SerializedError | null;
}

/** What works now, and what does not. */
export interface ManagerStatus {
  readonly at: string;
  /** false: the manager closes, or nothing can be stored: the database is down, and the spool too, or there is none. */
  readonly ready: boolean;
  /** Something is down. */
  readonly degraded: boolean;
  readonly down: readonly PartDown[];
  readonly storage: {
    /** Writes go to the spool. */
    readonly diverting: boolean;
    /** Writes that wait in the spool; null: there is no spool, or it cannot be read. */
    readonly spooled: number | null;
    /** Records in quarantine; null: not known. */
    readonly quarantined: number | null;
  };
}

export interface StatusParts {
  readonly options: ResolvedManagerOptions;
  readonly writer: StorageWriter;
  readonly movies: CachedMovies;
  readonly closing: AbortSignal;
}

/** A part that has not answered by then is down. */
const patienceMs = 2000;
/** Many who ask within this time share one look: health checks come from several sides. */
const sharedForMs = 1000;

/** Looks at the parts of a manager, not by coordinated calls: a look is no work, and counts nowhere. */
export class StatusReader {
  readonly #parts: StatusParts;
  readonly #since = new Map<string, string>();
  #last: { readonly atMs: number; readonly status: Promise<ManagerStatus> } | undefined;

  constructor(parts: StatusParts) {
    this.#parts = parts;
  }

  read(): Promise<ManagerStatus> {
    if (this.#last === undefined || nowMs() - this.#last.atMs >= sharedForMs || this.#parts.closing.aborted) {
      this.#last = { atMs: nowMs(), status: this.#look() };
    }
    return this.#last.status;
  }

  async #look(): Promise<ManagerStatus> {
    const { options, writer, closing, movies } = this.#parts;
    const { repository, spool, coordinator } = options;
    const [database, spooled, quarantined] = await Promise.all([
      inTime('the database', async () => {
        const { ok, error } = await repository.health();
        return ok ? null : (error ?? { code: 'DB_CONNECTION' as const, message: 'the database is not healthy' });
      }),
      inTime('the spool', async () => (await spool?.size()) ?? null),
      inTime('the quarantine', async () => (await repository.quarantineSize?.()) ?? null),
    ]);
    const { diversion } = writer;
    const databaseError = database.ok ? (database.value ?? diversion?.reason ?? null) : database.error;
    const down = [
      ...this.#down('database', databaseError, diversion?.since),
      ...this.#down('spool', spooled.ok ? null : spooled.error),
      ...this.#down('cache', movies.outage?.error ?? null, movies.outage?.since),
      ...openCircuits(coordinator.getStatistics()),
    ];
    const canStore = databaseError === null || (spool !== null && spooled.ok);
    return {
      at: new Date().toISOString(),
      ready: canStore && !closing.aborted,
      degraded: down.length > 0,
      down,
      storage: {
        diverting: diversion !== null,
        spooled: spooled.ok ? spooled.value : null,
        quarantined: quarantined.ok ? quarantined.value : null,
      },
    };
  }

  #down(part: string, error: SerializedError | null, since?: string): PartDown[] {
    if (error === null) {
      this.#since.delete(part);
      return [];
    }
    const seen = this.#since.get(part) ?? new Date().toISOString();
    const first = since !== undefined && since < seen ? since : seen;
    this.#since.set(part, first);
    return [{ part, since: first, error }];
  }
}

type Looked<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: SerializedError };

async function inTime<Value>(what: string, look: () => Promise<Value>): Promise<Looked<Value>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const error = new ReelflowError('DB_TIMEOUT', `${what} has not answered within ${patienceMs} ms`);
    timer = setTimeout(() => reject(error), patienceMs);
  });
  try {
    return { ok: true, value: await Promise.race([look(), late]) };
  } catch (thrown) {
    return { ok: false, error: serializeError(toReelflowError(thrown, 'database')) };
  } finally {
    clearTimeout(timer);
  }
}

function openCircuits({ apiCalls, databaseOperations }: CoordinatorStatistics): PartDown[] {
  const of = (prefix: string, targets: Readonly<Record<string, TargetStatistics>>): PartDown[] =>
    Object.entries(targets)
      .filter(([, { circuit }]) => circuit === 'open' || circuit === 'half_open')
      .map(([name, { circuitChangedAt }]) => ({
        part: `${prefix}:${name}`,
        since: circuitChangedAt ?? new Date().toISOString(),
        error: null,
      }));
  return [...of('api', apiCalls.byApi), ...of('operation', databaseOperations.byOperation)];
}
