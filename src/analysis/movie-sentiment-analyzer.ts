import type { SentimentScore } from '../domain/analysis.js';
import { throwIfAborted } from '../errors/throw-if-aborted.js';
import type { SentimentAnalyzer } from '../ports/sentiment-analyzer.js';
import { buildLexicon, type Lexicon } from './lexicon.js';
import { scoreText } from './score-text.js';

/** Texts scored before others get a turn. */
const chunkSize = 500;

/**
 * Scores posts about films by rules and a lexicon: English first, Telugu, Hindi, Tamil and Malayalam in their scripts
 * and in Latin letters. A text in another language is not scored: score 0 with confidence 0.
 */
export class MovieSentimentAnalyzer implements SentimentAnalyzer {
  readonly name = 'reelflow-lexicon-1';
  readonly #lexicon: Lexicon = buildLexicon();

  /** @throws CANCELLED when the signal aborts */
  async analyze(texts: string[], { signal }: { readonly signal?: AbortSignal } = {}): Promise<SentimentScore[]> {
    const scores: SentimentScore[] = [];
    for (const text of texts) {
      if (scores.length % chunkSize === 0) {
        if (scores.length > 0) await new Promise<void>((resolve) => setImmediate(resolve));
        throwIfAborted(signal, 'the analysis');
      }
      scores.push(scoreText(String(text), this.#lexicon));
    }
    return scores;
  }
}
