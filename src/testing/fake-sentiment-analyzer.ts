import { labelOf, type SentimentScore } from '../domain/analysis.js';
import type { SentimentAnalyzer } from '../ports/sentiment-analyzer.js';
import { type FakeStep, Script } from './script.js';

export interface FakeSentimentAnalyzerOptions {
  /** @default 'fake' */
  readonly name?: string | undefined;
  /** The score of a text, -1 to 1. @default 0 for every text */
  readonly scoreOf?: ((text: string) => number) | undefined;
}

/** A SentimentAnalyzer for unit tests: scores by a function of yours, does what it is told, writes down what it was asked. */
export class FakeSentimentAnalyzer implements SentimentAnalyzer {
  readonly name: string;
  /** The texts of every call, oldest first. */
  readonly calls: Array<readonly string[]> = [];
  readonly #scoreOf: (text: string) => number;
  readonly #analyses = new Script<SentimentScore[]>();

  constructor({ name = 'fake', scoreOf = () => 0 }: FakeSentimentAnalyzerOptions = {}) {
    this.name = name;
    this.#scoreOf = scoreOf;
  }

  /** What the next calls of `analyze` do, one step each. */
  onAnalyze(...steps: Array<FakeStep<SentimentScore[]>>): this {
    this.#analyses.add(steps);
    return this;
  }

  async analyze(texts: string[], { signal }: { readonly signal?: AbortSignal } = {}): Promise<SentimentScore[]> {
    this.calls.push([...texts]);
    return this.#analyses.play(signal, () =>
      texts.map((text) => {
        const score = this.#scoreOf(text);
        return { score, label: labelOf(score), confidence: 1 };
      }),
    );
  }
}
