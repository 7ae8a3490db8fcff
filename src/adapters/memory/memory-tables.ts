import type { SentimentAnalysis, SentimentScore } from '../../domain/analysis.js';
import type { Movie } from '../../domain/movie.js';
import type { Recommendation } from '../../domain/recommendation.js';
import type { QuarantinedRecord } from '../../domain/records.js';
import type { Review } from '../../domain/review.js';
import type { WorkflowRun } from '../../domain/workflow-run.js';
import type { ReviewCollection, StepCheckpoint } from '../../ports/repository.js';

export interface MovieRow {
  readonly id: string;
  readonly movie: Movie;
  readonly fetchedAt: string;
  readonly changedAt: string;
  readonly detailed: boolean;
  readonly relatedIds: readonly number[];
  readonly collections: ReadonlyMap<string, ReviewCollection>;
  readonly sentiment: SentimentAnalysis | null;
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
  readonly leaseUntilMs: number;
  readonly fence: number;
  readonly checkpoints: readonly StepCheckpoint[];
}

/** The rows, as maps from their unique keys. Rows are never changed in place, so a copy of the maps is a snapshot. */
export class MemoryTables {
  movies = new Map<number, MovieRow>();
  /** Search keys of the past, to the film they led to. */
  searchKeys = new Map<string, number>();
  reviews = new Map<string, ReviewRow>();
  runs = new Map<string, RunRow>();
  recommendations = new Map<number, readonly Recommendation[]>();
  quarantine = new Map<string, QuarantinedRecord>();
  markers = new Map<string, number>();
  nextId = 1;

  copy(): MemoryTables {
    const copy = new MemoryTables();
    copy.movies = new Map(this.movies);
    copy.searchKeys = new Map(this.searchKeys);
    copy.reviews = new Map(this.reviews);
    copy.runs = new Map(this.runs);
    copy.recommendations = new Map(this.recommendations);
    copy.quarantine = new Map(this.quarantine);
    copy.markers = new Map(this.markers);
    copy.nextId = this.nextId;
    return copy;
  }

  takeId(): string {
    const id = this.nextId;
    this.nextId += 1;
    return String(id);
  }
}
