import type { SentimentScore } from '../domain/analysis.js';

/** Scores texts. One score for each text, in the same order. */
export interface SentimentAnalyzer {
  /** Stable: stored scores of another analyser are not reused. */
  readonly name: string;
  analyze(texts: string[], context?: { readonly signal?: AbortSignal }): Promise<SentimentScore[]>;
}
