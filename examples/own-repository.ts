// A repository of your own: a journal, one JSON line for each write, that is played back when it is opened.
// It keeps the whole contract of the port, and survives the process.
import { appendFile, type FileHandle, mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ApplyOptions,
  AutomatedWorkflowManager,
  MemoryMovieClient,
  MemoryRepository,
  MemoryReviewClient,
  ReelflowError,
  type Repository,
  type Retention,
  type RunLease,
  type SweepOptions,
  type WorkflowRun,
  type WriteBatch,
  type WriteReport,
} from 'reelflow';
import { repositoryContract, sampleMovie, sampleReviews } from 'reelflow/testing';

type Entry =
  | { readonly apply: WriteBatch; readonly marker?: ApplyOptions['marker'] }
  | { readonly createRun: WorkflowRun }
  | { readonly forgetReviews: readonly string[] }
  | { readonly sweep: Retention };

/** Reads come from memory. Leases are not kept: after a restart their owner is gone. */
class JournalRepository extends MemoryRepository implements Repository {
  override readonly isVolatile = false;
  readonly #path: string;
  #file: FileHandle | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #broken: ReelflowError | undefined;

  private constructor(path: string) {
    super();
    this.#path = path;
  }

  static async open(path: string): Promise<JournalRepository> {
    const repository = new JournalRepository(path);
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    // A crash may have cut the last line: it was never confirmed to anyone.
    for (const line of text.split('\n').slice(0, -1)) await repository.#play(JSON.parse(line));
    repository.#file = await open(path, 'a');
    await repository.#file.truncate(Buffer.byteLength(text.slice(0, text.lastIndexOf('\n') + 1)));
    return repository;
  }

  override apply(batch: WriteBatch, options: ApplyOptions = {}): Promise<WriteReport> {
    const { marker } = options;
    return this.#write({ apply: batch, ...(marker === undefined ? {} : { marker }) }, () =>
      super.apply(batch, options),
    );
  }

  override createRun(run: WorkflowRun, lease?: RunLease): Promise<void> {
    return this.#write({ createRun: run }, () => super.createRun(run, lease));
  }

  override forgetReviews(tweetIds: readonly string[]): Promise<number> {
    return this.#write({ forgetReviews: tweetIds }, () => super.forgetReviews(tweetIds));
  }

  override sweep(retention: Retention, options: SweepOptions = {}) {
    return this.#write({ sweep: retention }, () => super.sweep(retention, options));
  }

  override async close(): Promise<void> {
    await this.#last;
    await super.close();
    await this.#file?.close();
    this.#file = undefined;
  }

  async #play(entry: Entry): Promise<void> {
    if ('apply' in entry) await super.apply(entry.apply, entry.marker === undefined ? {} : { marker: entry.marker });
    else if ('createRun' in entry) await super.createRun(entry.createRun);
    else if ('forgetReviews' in entry) await super.forgetReviews(entry.forgetReviews);
    else await super.sweep(entry.sweep);
  }

  /** One at a time. What memory takes is on the disk before anyone hears of it. */
  #write<Answer>(entry: Entry, change: () => Promise<Answer>): Promise<Answer> {
    const line = `${JSON.stringify(entry)}\n`; // now: the caller may change what it gave us
    const written = this.#last.then(async () => {
      if (this.#broken !== undefined) throw this.#broken;
      const answer = await change();
      try {
        await this.#file?.write(line);
        await this.#file?.datasync();
      } catch (cause) {
        // Memory is ahead of the file now: nothing more, until the file is opened and played again.
        const full = cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC';
        this.#broken = new ReelflowError(
          full ? 'DB_STORAGE_FULL' : 'DB_CONNECTION',
          `${this.#path} cannot be written`,
          {
            cause,
          },
        );
        throw this.#broken;
      }
      return answer;
    });
    this.#last = written.catch(() => undefined);
    return written;
  }
}

const directory = await mkdtemp(join(tmpdir(), 'reelflow-journal-'));

// Does it keep the promises of the port? Each test gets a journal of its own.
const tests: Array<() => Promise<void>> = [];
let journals = 0;
repositoryContract(
  (_name, run) => tests.push(run),
  () => {
    journals += 1;
    return JournalRepository.open(join(directory, `${journals}.jsonl`));
  },
);
for (const run of tests) await run();
console.log(`${tests.length} tests of the contract hold`);

// A search, a restart after a crash that cut the last line, and the same search: everything is there, nobody is asked.
const path = join(directory, 'films.jsonl');
const search = async () => {
  const manager = new AutomatedWorkflowManager({
    movies: new MemoryMovieClient([sampleMovie(), sampleMovie({ tmdbId: 2, title: 'Baahubali' })]),
    reviews: new MemoryReviewClient(sampleReviews(0, 20)),
    repository: await JournalRepository.open(path),
  });
  const { movie, sources, cost } = await manager.handleUserSearch('RRR', { maxReviews: 20 });
  await manager.close();
  return `${movie?.name}, ${movie?.reviewsAnalyzed} posts: film ${sources.movie}, posts ${sources.reviews}, calls ${JSON.stringify(cost.apiCalls)}`;
};
console.log('first: ', await search());
await appendFile(path, '{"apply":{"film":{"mov');
console.log('second:', await search());

await rm(directory, { recursive: true });
