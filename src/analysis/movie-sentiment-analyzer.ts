import type { SentimentScore } from '../domain/analysis.js';
import { refuseUnknown } from '../errors/refuse-unknown.js';
import { throwIfAborted } from '../errors/throw-if-aborted.js';
import type { SentimentAnalyzer } from '../ports/sentiment-analyzer.js';
import { calibration, calibrationWithoutModel } from './calibration.js';
import type { SentimentExplanation } from './sentiment-explanation.js';
import { TextScorer } from './text-scorer.js';

export interface MovieSentimentOptions {
  /**
   * Adds a small linear model to the lexicon and the rules. Its weights (some hundred KB) are loaded with the first
   * text. false: the rules alone, under another `name`, since the scores differ. @default true
   */
  readonly model?: boolean | undefined;
}

/** Texts scored before others get a turn. */
const chunkSize = 500;

/**
 * Scores posts about films: lexicons and rules, and a linear model. English first; Telugu, Hindi, Tamil and Malayalam in
 * their scripts and in Latin letters. Texts in another language, and those that hold no opinion about a film (spam,
 * giveaways, bare links, 'now watching'), are not scored: score 0 with confidence 0. The same text always has the same score.
 */
export class MovieSentimentAnalyzer implements SentimentAnalyzer {
  readonly name: string;
  readonly #withModel: boolean;
  #scorer: TextScorer | null = null;

  constructor(options: MovieSentimentOptions = {}) {
    refuseUnknown('MovieSentimentAnalyzer', options, { model: true });
    const { model = true } = options;
    this.#withModel = model;
    this.name = model ? 'reelflow-2' : 'reelflow-2-rules';
  }

  /** Loads lexicons and model, which the first call of `analyze` does otherwise. */
  async prepare(): Promise<void> {
    await this.#load();
  }

  /** @throws CANCELLED when the signal aborts */
  async analyze(texts: string[], { signal }: { readonly signal?: AbortSignal } = {}): Promise<SentimentScore[]> {
    throwIfAborted(signal, 'the analysis');
    if (texts.length === 0) return [];
    const scorer = await this.#load();
    const scores: SentimentScore[] = [];
    for (const text of texts) {
      if (scores.length % chunkSize === 0) {
        if (scores.length > 0) await new Promise<void>((resolve) => setImmediate(resolve));
        throwIfAborted(signal, 'the analysis');
      }
      scores.push(scorer.score(String(text)));
    }
    return scores;
  }

  /** The score of one text with everything that led to it. */
  async explain(text: string): Promise<SentimentExplanation> {
    return (await this.#load()).explain(String(text));
  }

  async #load(): Promise<TextScorer> {
    if (this.#scorer !== null) return this.#scorer;
    const { defaultVocabulary } = await import('./default-vocabulary.js');
    const model = this.#withModel ? (await import('./default-model.js')).defaultModel : null;
    this.#scorer ??= new TextScorer(defaultVocabulary, model, model === null ? calibrationWithoutModel : calibration);
    return this.#scorer;
  }
}
