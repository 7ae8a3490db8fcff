import type { SerializedError } from '../errors/serialized-error.js';
import type { SentimentAnalysis } from './analysis.js';
import type { MovieCandidate } from './movie.js';
import type { Recommendation } from './recommendation.js';

export type Priority = 'interactive' | 'background';

export interface SearchOptions {
  /** true: ask the APIs even if stored data is fresh; false: no API call at all; absent: the freshness policy decides. */
  readonly collectNewData?: boolean | undefined;
  /**
   * Posts to collect: a whole number from 0 to 1000; 0 collects none. X sells at least 10 at once, so that 1 to 9 cost
   * as much as 10. @default 10
   */
  readonly maxReviews?: number | undefined;
  /** Time for the whole search, in milliseconds; what is not there by then is left out. @default 120000 */
  readonly deadlineMs?: number | undefined;
  /** @default 'interactive' */
  readonly priority?: Priority | undefined;
  readonly signal?: AbortSignal | undefined;
}

export type DataOrigin = 'live' | 'cache' | 'stored' | 'none';

export interface DataSources {
  readonly movie: DataOrigin;
  readonly reviews: DataOrigin;
}

/** How long ago the data of a result was fetched, in milliseconds; 0: now, null: there is none. */
export interface DataAge {
  readonly movieMs: number | null;
  /** Of the source that was asked longest ago. */
  readonly reviewsMs: number | null;
}

export const stepNames = ['identify', 'collect', 'validate', 'store', 'analyse', 'recommend'] as const;
export type StepName = (typeof stepNames)[number];
export type StepStatus = 'ok' | 'degraded' | 'skipped' | 'failed';

export interface StepReport {
  readonly name: StepName;
  readonly status: StepStatus;
  /** Attempts of its calls to APIs and to the database, at least 1; 0 for a step that was skipped. */
  readonly attempts: number;
  readonly durationMs: number;
  readonly error?: SerializedError;
}

export interface MovieSummary {
  /** The repository's own id, as text. */
  readonly id: string;
  readonly tmdbId: number;
  readonly name: string;
  readonly releaseDate: string | null;
  readonly genres: readonly string[];
  readonly rating: number;
  readonly posterUrl: string | null;
  readonly reviewsAnalyzed: number;
  /** 0 to 1: how sure we are that this is the film that was meant. */
  readonly matchConfidence: number;
}

export interface WorkflowCost {
  /** Attempts made for this search, by API. */
  readonly apiCalls: Readonly<Record<string, number>>;
  readonly estimatedUsd: number;
}

export interface WorkflowResult {
  /** A film was identified and recommendations were computed, maybe degraded. */
  readonly success: boolean;
  readonly workflowId: string;
  readonly movie: MovieSummary | null;
  /**
   * Films that may be meant, at most 5, best first: present when `matchConfidence` is below 0.6, and when no film was found
   * though the provider named some. Absent when the match is certain, and when the film was not searched in this run.
   */
  readonly candidates?: readonly MovieCandidate[];
  readonly analysis: SentimentAnalysis | null;
  readonly recommendations: readonly Recommendation[];
  readonly degraded: boolean;
  readonly sources: DataSources;
  readonly dataAge: DataAge;
  readonly steps: readonly StepReport[];
  readonly errors: readonly SerializedError[];
  readonly cost: WorkflowCost;
  /** This search joined one that was running already. */
  readonly coalesced: boolean;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly durationMs: number;
}

export const workflowStatuses = ['running', 'completed', 'failed', 'cancelled'] as const;
export type WorkflowStatus = (typeof workflowStatuses)[number];

/** The record of one search, as the repository keeps it. */
export interface WorkflowRun {
  readonly workflowId: string;
  readonly status: WorkflowStatus;
  readonly movieName: string;
  /** Without `signal`, which cannot be stored. */
  readonly options: SearchOptions;
  readonly steps: readonly StepReport[];
  readonly result: WorkflowResult | null;
  readonly startedAt: string;
  readonly finishedAt: string | null;
}
