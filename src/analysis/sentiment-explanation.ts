import type { SentimentScore } from '../domain/analysis.js';

/** Why a text holds no opinion about a film that could be scored. */
export type SkipReason =
  | 'empty'
  | 'unknown_language'
  | 'bare_link'
  | 'giveaway'
  | 'spam'
  /** Says that somebody watches, and nothing else. */
  | 'now_watching';

/** A rule that changed what a word is worth. */
export type SentimentRule = 'negation' | 'booster' | 'capitals' | 'before_contrast' | 'after_contrast';

export interface SentimentPart {
  /** As it is written in the text. */
  readonly text: string;
  /** Where it begins, in UTF-16 units of the composed text. */
  readonly at: number;
  readonly kind: 'word' | 'phrase' | 'emoji' | 'exclamation' | 'model';
  readonly rules: readonly SentimentRule[];
  /** Its share of the score. */
  readonly value: number;
}

export interface SentimentExplanation extends SentimentScore {
  /** BCP 47 as far as it is told apart: 'en', 'te', 'hi-Latn' and so on; 'und' without letters, null when unknown. */
  readonly language: string | null;
  /** What gave the score: the values add up to it, but for rounding. Empty when the text was skipped. */
  readonly parts: readonly SentimentPart[];
  /** Present when the text was not scored; `score` and `confidence` are 0 then. */
  readonly skipped?: SkipReason;
}
