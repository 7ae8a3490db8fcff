import type { SentimentAnalysis, SentimentScore } from '../domain/analysis.js';
import type { Movie } from '../domain/movie.js';
import type { Recommendation } from '../domain/recommendation.js';
import type { QuarantinedRecord, RejectedRecord } from '../domain/records.js';
import type { Review } from '../domain/review.js';
import type { StepName, StepReport, WorkflowRun, WorkflowStatus } from '../domain/workflow-run.js';
import type { SerializedError } from '../errors/serialized-error.js';

/** What the last collection from one source asked for: freshness and `sinceId` are decided by it. */
export interface ReviewCollection {
  readonly tmdbId: number;
  readonly source: string;
  readonly fetchedAt: string;
  /** Posts asked for. */
  readonly requested: number;
  /** Newest post that was seen, or null. */
  readonly newestId: string | null;
}

export interface StoredMovie extends Movie {
  /** The repository's own id, as text. */
  readonly id: string;
  readonly fetchedAt: string;
  /** When the row last changed: the cursor of `catalogue({ changedAfter })`. */
  readonly changedAt: string;
  /** false: known from a list of related films only, so people and keywords may be missing. */
  readonly detailed: boolean;
  readonly relatedIds: readonly number[];
  readonly collections: readonly ReviewCollection[];
  readonly sentiment: SentimentAnalysis | null;
}

export interface StoredReview extends Review {
  readonly id: string;
  readonly fetchedAt: string;
  readonly sentiment: SentimentScore | null;
  /** Name of the analyser that gave `sentiment`. */
  readonly analyzer: string | null;
}

/** Part of a step that is paid for but not yet stored, such as a page of posts. */
export interface StepCheckpoint {
  readonly workflowId: string;
  readonly step: StepName;
  /** Unique within the step, such as 'twitter:1'. */
  readonly key: string;
  /** JSON text. */
  readonly payload: string;
}

/** One transaction's worth of writes. Every part is optional; all times are ISO 8601 in UTC. */
export interface WriteBatch {
  readonly film?: {
    readonly movie: Movie;
    readonly relatedIds: readonly number[];
    readonly fetchedAt: string;
    /** Searches that led to this film, as `searchKey` makes them: `findMovie` finds it by them as well. */
    readonly searchKeys?: readonly string[];
  };
  /** Known from lists: they never blank people, keywords or running time of a film that was stored in full. */
  readonly related?: { readonly movies: readonly Movie[]; readonly fetchedAt: string };
  readonly reviews?: { readonly reviews: readonly Review[]; readonly fetchedAt: string };
  readonly collections?: readonly ReviewCollection[];
  readonly analysis?: {
    readonly tmdbId: number;
    readonly analyzer: string;
    readonly scores: ReadonlyArray<{ readonly tweetId: string; readonly score: SentimentScore }>;
    readonly summary: SentimentAnalysis;
    /** An analysis older than the film's adds the scores of posts that have none, and nothing else. */
    readonly analyzedAt: string;
  };
  readonly recommendations?: {
    readonly seedTmdbId: number;
    readonly workflowId: string | null;
    readonly recommendations: readonly Recommendation[];
    readonly recommendedAt: string;
  };
  /** Goes to quarantine. */
  readonly rejected?: readonly RejectedRecord[];
  /** Leaves quarantine, by id. */
  readonly released?: readonly string[];
  /**
   * Posts, by id, that are deleted wherever the store holds them. Copies that were fetched before this and come later,
   * such as from a search under way or a write that waited, are left out too.
   */
  readonly forgotten?: { readonly tweetIds: readonly string[]; readonly forgottenAt: string };
  readonly checkpoints?: readonly StepCheckpoint[];
  /** Outcomes of steps of a run; storing one erases its step's checkpoints. */
  readonly steps?: { readonly workflowId: string; readonly reports: readonly StepReport[] };
  /** The run record as it is now: status, result, finishedAt; created when it is missing. */
  readonly run?: WorkflowRun;
}

export interface Counts {
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
}

export interface WriteReport {
  /** Film and related films. */
  readonly movies: Counts;
  readonly reviews: Counts;
  /** Records that the store itself refused; they are in quarantine already. */
  readonly rejected: readonly RejectedRecord[];
  /** The repository's id of `film`, when the batch had one and it was stored. */
  readonly movieId?: string;
}

export interface ApplyOptions {
  readonly signal?: AbortSignal;
  /** The write fails with DB_CONFLICT, not retryable, when the run was claimed with a newer fence. */
  readonly fence?: number;
  /** Makes the call a no-op when this position of this source was already applied. */
  readonly marker?: { readonly source: string; readonly position: number };
  /** Holds the run of the batch when that is new to the store: without it the run may be claimed at once. */
  readonly lease?: RunLease;
  /**
   * true: the store need not wait for its disk. Everybody sees the write at once, and it outlives this process; only a
   * crash of the database or its machine may take it back, unless a write that is not relaxed came after it. @default false
   */
  readonly relaxed?: boolean;
}

export interface ClaimedRun {
  readonly run: WorkflowRun;
  readonly fence: number;
  readonly checkpoints: readonly StepCheckpoint[];
}

export interface RunLease {
  readonly owner: string;
  readonly leaseMs: number;
}

export interface Retention {
  /** Films not fetched anew within this time are dropped, with recommendations and run results of that age. */
  readonly movieMs?: number;
  /** Post texts fetched longer ago than this are blanked; ids and scores stay. */
  readonly reviewTextMs?: number;
  /** Records in quarantine for longer than this are deleted. */
  readonly quarantineMs?: number;
  /** Runs that ended longer ago than this are deleted. */
  readonly runMs?: number;
}

export interface SweepOptions {
  /** `next` of the slice before. @default the beginning */
  readonly after?: string | undefined;
  /** Rows that one call looks at, at most. @default 1000 */
  readonly maxRows?: number | undefined;
}

export interface SweepReport {
  readonly moviesDropped: number;
  readonly reviewTextsDropped: number;
  readonly quarantineDropped: number;
  readonly runsDropped: number;
  /** Where the next slice begins; null: everything was looked at. */
  readonly next: string | null;
}

export interface CatalogueOptions {
  readonly changedAfter?: string;
  /** The caller has this film as it was changed last: it may be left out, so that it need not be read in full. */
  readonly isKnown?: (tmdbId: number, changedAt: string) => boolean;
}

export interface QuarantineQuery {
  /** @default 100 */
  readonly limit?: number | undefined;
  /** Only records after this id. */
  readonly after?: string | undefined;
  /** Only the record with this id. */
  readonly id?: string | undefined;
}

export interface RunQuery {
  /** A whole number from 0 to 1000. @default 20 */
  readonly limit?: number | undefined;
  /** Only runs that come after the one with this id, in the order of the list; nothing when there is no such run. */
  readonly before?: string | undefined;
  /** Only runs in this state. @default all */
  readonly status?: WorkflowStatus | undefined;
}

export type MovieLookup =
  | { readonly tmdbId: number }
  | {
      /**
       * The film that a search of this title and year once led to, else the one of this folded title or original title,
       * within one year when `year` is given, with the most votes.
       */
      readonly title: string;
      readonly year?: number;
      /** Only what a search of exactly this title and year led to: a film that shares the title may not be meant. @default false */
      readonly searchedOnly?: boolean;
    };

/**
 * Keeps films, posts and runs. Every failure is a ReelflowError with a `DB_*` code. `apply` is one transaction:
 * a constraint or data error is isolated to its record, a lost connection or a full store rolls back everything.
 */
export interface Repository {
  /** true: everything ends with the process, so that there is nothing to recover: no spool, no checkpoints. @default false */
  readonly isVolatile?: boolean;
  /** Equal for repositories on the same tables of one database, fit for a file's name, without any credential: names the default spool's directory. */
  readonly identity?: string;
  apply(batch: WriteBatch, options?: ApplyOptions): Promise<WriteReport>;
  /** By title: folded title, original title or a search key of the past; within one year when `year` is given; the most voted one. */
  findMovie(by: MovieLookup): Promise<StoredMovie | null>;
  /** Newest first, with scores. */
  findReviews(tmdbId: number, options: { readonly limit: number }): Promise<StoredReview[]>;
  /** Every stored film, or those changed after a time, oldest change first. */
  catalogue(options?: CatalogueOptions): AsyncIterable<StoredMovie>;
  /** Without a lease the run may be claimed at once. @throws DB_CONSTRAINT when there is a run of that id */
  createRun(run: WorkflowRun, lease?: RunLease, options?: Pick<ApplyOptions, 'relaxed'>): Promise<void>;
  findRun(workflowId: string): Promise<WorkflowRun | null>;
  /** Newest first: by `startedAt`, then by id. @default runs cannot be listed */
  listRuns?(options?: RunQuery): Promise<WorkflowRun[]>;
  /** Takes over the running runs whose lease has expired, by a clock that all processes share. */
  claimRuns(owner: string, leaseMs: number): Promise<ClaimedRun[]>;
  renewLease(owner: string, leaseMs: number): Promise<void>;
  /** In how many milliseconds the last lease of other owners' running runs ends as things are; null: there is none. @default null */
  leasesEndInMs?(owner: string): Promise<number | null>;
  /** Oldest first. */
  listQuarantine(options?: QuarantineQuery): Promise<QuarantinedRecord[]>;
  /** How many records are in quarantine. @default unknown */
  quarantineSize?(): Promise<number>;
  /** Deletes posts everywhere in the store; resolves with how many posts there were. */
  forgetReviews(tweetIds: readonly string[]): Promise<number>;
  /** One slice of the store: repeat with `next` until it is null. Each call is short, whatever the store holds. */
  sweep(retention: Retention, options?: SweepOptions): Promise<SweepReport>;
  health(): Promise<{ ok: boolean; error?: SerializedError }>;
  close?(): Promise<void>;
}
