import {
  AutomatedWorkflowManager,
  MemoryRepository,
  MemoryResponseCache,
  MemorySpool,
  type Repository,
  type Review,
  type Spool,
  type WorkflowEvents,
  type WriteBatch,
  type WriteReport,
} from '../../src/index.js';
import { FakeMovieClient, FakeReviewClient, type Fault, injectFaults } from '../../src/testing/index.js';
import { baahubali, posts, rrr, up } from './setup.js';

/** Two pages of posts, one of which cannot be used. */
const pageSize = 4;
export const wanted = 8;
export const usable = 7;

export interface Applied {
  readonly batch: WriteBatch;
  readonly report: WriteReport;
}

/** A repository in memory that passes for one that outlives the process: `close` leaves it open, for the next one. */
function durable(memory: MemoryRepository, applied: Applied[]): Repository {
  const own: Partial<Record<PropertyKey, unknown>> = {
    isVolatile: false,
    close: async () => undefined,
    apply: async (...[batch, options]: Parameters<Repository['apply']>) => {
      const report = await memory.apply(batch, options);
      applied.push({ batch: structuredClone(batch), report });
      return report;
    },
  };
  return new Proxy(memory, {
    get(_, name) {
      if (Object.hasOwn(own, name)) return own[name];
      const value: unknown = Reflect.get(memory, name);
      return typeof value === 'function' ? value.bind(memory) : value;
    },
  });
}

/** A spool in memory that outlives its process: for the next one, what waits is left by another. */
function leftBehind(spool: MemorySpool, isOwn: boolean): Spool {
  return {
    append: (entry) => spool.append(entry),
    async *read() {
      for await (const entry of spool.read()) yield { ...entry, own: isOwn };
    },
    acknowledge: (place) => spool.acknowledge(place),
    setAside: (place, reason) => spool.setAside(place, reason),
    forget: (tweetIds) => spool.forget(tweetIds),
    size: () => spool.size(),
    close: async () => undefined,
  };
}

export type PortName = 'movies' | 'reviews' | 'repository' | 'spool' | 'cache';

/** Everything that outlives a process, each port of it ready to fail. */
export function faultWorld() {
  const store = new MemoryRepository();
  const spooled = new MemorySpool();
  const applied: Applied[] = [];
  const source: readonly Review[] = posts(10).map((post, index) =>
    index === 2 ? { ...post, createdAt: 'soon' } : post,
  );
  const movies = new FakeMovieClient({ movies: [rrr, baahubali, up] });
  const reviews = new FakeReviewClient({ reviews: source, pageSize, usdPerPost: 0.005 });
  const ports = {
    movies: injectFaults(movies),
    reviews: injectFaults(reviews),
    repository: injectFaults(durable(store, applied)),
    spool: injectFaults(leftBehind(spooled, true)),
    cache: injectFaults(new MemoryResponseCache()),
  };
  return {
    store,
    spooled,
    applied,
    movies,
    reviews,
    ports,
    source,
    addFaults: (port: PortName, faults: readonly Fault[]) =>
      ports[port].faults.add(...(faults as ReadonlyArray<Fault<never>>)),
    clearFaults: () => {
      for (const { faults } of Object.values(ports)) faults.clear();
    },
    /** Ends with no fault: what a call of any port gives from now on is sound. */
    open: () => openManager(ports.repository.port, ports),
    /** The process that comes after: nothing of the one before but the store and the spool. */
    openNext: () =>
      openManager(durable(store, applied), { spool: { port: leftBehind(spooled, false) }, ...clientsOf(ports) }),
  };
}

export type FaultWorld = ReturnType<typeof faultWorld>;

const clientsOf = ({ movies, reviews }: FaultWorld['ports']) => ({ movies, reviews });

interface Parts {
  readonly movies: { readonly port: FakeMovieClient };
  readonly reviews: { readonly port: FakeReviewClient };
  readonly spool: { readonly port: Spool };
  readonly cache?: { readonly port: MemoryResponseCache };
}

export type SeenEvent = {
  [Name in keyof WorkflowEvents]: { event: Name; data: WorkflowEvents[Name] };
}[keyof WorkflowEvents];

function openManager(repository: Repository, { movies, reviews, spool, cache }: Parts) {
  const manager = new AutomatedWorkflowManager({
    movies: movies.port,
    reviews: reviews.port,
    repository,
    spool: spool.port,
    cache: cache?.port ?? false,
    coordinator: { maxRetries: 1, retryDelayMs: 100 },
  });
  const events: SeenEvent[] = [];
  manager.trigger.registerTrigger('*', (data, { event }) => void events.push({ event, data } as SeenEvent));
  return { manager, events };
}
