import type { SentimentAnalysis, SentimentScore } from '../../domain/analysis.js';
import type { FilmRecord } from '../../domain/merge-stored.js';
import type { QuarantinedRecord } from '../../domain/records.js';
import type { Review } from '../../domain/review.js';
import type { WorkflowRun } from '../../domain/workflow-run.js';
import type { ReviewCollection, StepCheckpoint } from '../../ports/repository.js';

export interface MovieRow extends FilmRecord {
  readonly id: string;
  readonly changedAt: string;
  readonly titleKeys: readonly string[];
  readonly collections: readonly ReviewCollection[];
  readonly sentiment: SentimentAnalysis | null;
  /** Of `sentiment`; '' before the first. */
  readonly analyzedAt: string;
}

export interface ReviewRow {
  readonly id: string;
  readonly review: Review;
  readonly fetchedAt: string;
  readonly sentiment: SentimentScore | null;
  readonly analyzer: string | null;
}

export interface RunRow {
  readonly run: WorkflowRun;
  readonly owner: string | null;
  readonly leaseUntil: string | null;
  readonly fence: number;
  readonly checkpoints: readonly StepCheckpoint[];
}

/** The rows, as maps from their unique keys. Rows are never changed in place, so a copy of the maps is a snapshot. */
export class MemoryTables {
  readonly movies: Map<number, MovieRow>;
  /** Searches of the past, to the film they led to. */
  readonly searchKeys: Map<string, number>;
  readonly reviews: Map<string, ReviewRow>;
  readonly runs: Map<string, RunRow>;
  readonly quarantine: Map<string, QuarantinedRecord>;
  readonly markers: Map<string, number>;
  /** Posts that were forgotten, and when. */
  readonly forgotten: Map<string, string>;
  #nextId: number;
  /** Of the latest change of a film, in epoch milliseconds. */
  #changedAtMs: number;

  constructor(from?: MemoryTables) {
    this.movies = new Map(from?.movies);
    this.searchKeys = new Map(from?.searchKeys);
    this.reviews = new Map(from?.reviews);
    this.runs = new Map(from?.runs);
    this.quarantine = new Map(from?.quarantine);
    this.markers = new Map(from?.markers);
    this.forgotten = new Map(from?.forgotten);
    this.#nextId = from === undefined ? 1 : from.#nextId;
    this.#changedAtMs = from === undefined ? 0 : from.#changedAtMs;
  }

  takeId(): string {
    const id = this.#nextId;
    this.#nextId += 1;
    return String(id);
  }

  /** ISO 8601: later than every change before, so that a cursor of `catalogue` misses none. */
  takeChangeTime(): string {
    this.#changedAtMs = Math.max(Date.now(), this.#changedAtMs + 1);
    return new Date(this.#changedAtMs).toISOString();
  }
}
