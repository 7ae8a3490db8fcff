import type { SentimentAnalysis } from '../domain/analysis.js';
import { MovieMatcher } from '../domain/match-movie.js';
import { type Movie, type MovieCandidate, toCandidate } from '../domain/movie.js';
import type { MovieQuery } from '../ports/movie-api-client.js';
import type { Recommender } from '../ports/recommender.js';
import type { Repository, StoredMovie } from '../ports/repository.js';
import { nowMs } from '../resilience/clock.js';
import { unlessAborted } from '../resilience/unless-aborted.js';
import type { RunCalls } from './run-calls.js';
import { SingleFlight } from './single-flight.js';

/** Films handed to the recommender at a time. */
const chunkSize = 500;
/** Films dropped from it at a time: each is taken out of lists as long as the catalogue. */
const droppedAtOnce = 50;
/** A transaction may commit this much later than the time written in its rows. */
const settleMs = 5000;

/** What others have dropped is looked for this often: it takes a look at the id of every film. */
const lookForDroppedMs = 86_400_000;
const ever = new Date(0).toISOString();

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Shows the recommender what is stored: everything once, then what has changed, and once a day what has been dropped. */
export class CatalogueIndex {
  readonly #repository: Repository;
  readonly #recommender: Recommender;
  readonly #sentiments = new Map<number, SentimentAnalysis>();
  /** The same objects that the recommender was shown. */
  readonly #movies = new Map<number, StoredMovie>();
  #changedAfter: string | undefined;
  #allSeenAtMs = Number.NEGATIVE_INFINITY;
  #sentimentVersion = 0;
  readonly #readings = new SingleFlight<void>();
  #begun = 0;
  #reading: Promise<void> | undefined;

  constructor(repository: Repository, recommender: Recommender) {
    this.#repository = repository;
    this.#recommender = recommender;
  }

  /** Grows with every change of a sentiment. */
  get sentimentVersion(): number {
    return this.#sentimentVersion;
  }

  readonly sentimentOf = (tmdbId: number): SentimentAnalysis | null => this.#sentiments.get(tmdbId) ?? null;

  /** The stored films with these ids, in this order. */
  moviesOf(tmdbIds: readonly number[]): Movie[] {
    return tmdbIds.flatMap((tmdbId) => this.#movies.get(tmdbId) ?? []);
  }

  /** The stored films whose titles are most like a name, at most 5; of those shown, so `refresh` first. It yields between chunks. */
  async filmsLike(name: MovieQuery): Promise<MovieCandidate[]> {
    const likely: Movie[] = [];
    const films = [...this.#movies.values()];
    for (let start = 0; start < films.length; start += chunkSize) {
      if (start > 0) await nextTurn();
      likely.push(...new MovieMatcher(films.slice(start, start + chunkSize)).find(name).candidates);
    }
    return new MovieMatcher(likely).find(name).candidates.map(toCandidate);
  }

  /** The film as the recommender was shown it last, or undefined. */
  shown(tmdbId: number): StoredMovie | undefined {
    return this.#movies.get(tmdbId);
  }

  /** The recommender was shown the film as it was stored after this. */
  isOutdated({ tmdbId, changedAt }: StoredMovie): boolean {
    const shown = this.#movies.get(tmdbId);
    return shown !== undefined && shown.changedAt > changedAt;
  }

  /** What was just analysed counts at once, stored or not. */
  learned(tmdbId: number, analysis: SentimentAnalysis): void {
    const known = this.#sentiments.get(tmdbId);
    if (known === analysis || JSON.stringify(known) === JSON.stringify(analysis)) return;
    this.#sentiments.set(tmdbId, analysis);
    this.#sentimentVersion += 1;
  }

  /**
   * Reads what has changed; those who come while it reads wait for the next reading, since theirs may be too new for this
   * one. Each waits as long as its own signal and deadline let it: a shared reading ends early only when all have left.
   */
  async refresh(calls: RunCalls): Promise<void> {
    await calls.database('read_catalogue', ({ signal }) => this.#nextReading(signal));
  }

  async #nextReading(signal: AbortSignal): Promise<void> {
    const next = this.#begun + 1;
    await Promise.allSettled([this.#reading]); // those who wait for it hear how it ended
    const start = (allLeft: AbortSignal): Promise<void> => {
      this.#begun += 1;
      this.#reading = unlessAborted(this.#read(allLeft), allLeft, 'the reading of the catalogue').finally(() => {
        this.#reading = undefined; // a promise keeps the async context that it was made in
      });
      return this.#reading;
    };
    await this.#readings.join('catalogue', next, signal, start).promise;
  }

  async #read(signal: AbortSignal): Promise<void> {
    const startedAtMs = Date.now();
    const seesAll = nowMs() - this.#allSeenAtMs >= lookForDroppedMs;
    const unseen = new Set(seesAll ? this.#movies.keys() : []);
    let newest = this.#changedAfter;
    let chunk: StoredMovie[] = [];
    // The last seconds are read again each time.
    const isKnown = (tmdbId: number, changedAt: string): boolean => {
      newest = changedAt;
      unseen.delete(tmdbId);
      return this.#movies.get(tmdbId)?.changedAt === changedAt;
    };
    const { size } = this.#movies;
    const after = size === 0 ? {} : { changedAfter: (seesAll ? undefined : this.#changedAfter) ?? ever };
    for await (const movie of this.#repository.catalogue({ ...after, isKnown })) {
      if (signal.aborted) return; // nobody waits for it, and the next reading may be under way
      if (isKnown(movie.tmdbId, movie.changedAt)) continue;
      chunk.push(movie);
      if (chunk.length === chunkSize) chunk = this.#show(chunk);
    }
    this.#show(chunk);
    const settled = new Date(startedAtMs - settleMs).toISOString();
    if (newest !== undefined) this.#changedAfter = newest < settled ? newest : settled;
    if (seesAll) this.#allSeenAtMs = nowMs();
    await this.#forget([...unseen]);
  }

  async #forget(tmdbIds: readonly number[]): Promise<void> {
    for (let start = 0; start < tmdbIds.length; start += droppedAtOnce) {
      if (start > 0) await nextTurn();
      const chunk = tmdbIds.slice(start, start + droppedAtOnce);
      this.#recommender.forget?.(chunk);
      for (const tmdbId of chunk) {
        this.#movies.delete(tmdbId);
        if (this.#sentiments.delete(tmdbId)) this.#sentimentVersion += 1;
      }
    }
  }

  #show(movies: readonly StoredMovie[]): StoredMovie[] {
    this.#recommender.index(movies);
    for (const movie of movies) {
      this.#movies.set(movie.tmdbId, movie);
      if (movie.sentiment !== null) this.learned(movie.tmdbId, movie.sentiment);
    }
    return [];
  }
}
