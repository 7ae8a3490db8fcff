import type { SentimentScore } from '../domain/analysis.js';

/** Scores texts. One score for each text, in the same order. */
export interface SentimentAnalyzer {
  /** Stable: stored scores of another analyser are not reused. */
  readonly name: string;
  /** Loads what the first texts need; called before each search scores, so that it should be quick the second time. */
  prepare?(): Promise<void>;
  analyze(texts: string[], context?: { readonly signal?: AbortSignal }): Promise<SentimentScore[]>;
}
