import { ReelflowError, type SentimentAnalyzer, type SentimentScore } from 'reelflow';

/** What a text-classification pipeline answers for a batch: the best label of each text, and how likely it is. */
export type Classify = (texts: string[]) => Promise<Array<{ label: string; score: number }>>;

export interface TransformerOptions {
  /** Names the model: stored scores of another name are not reused. */
  readonly name: string;
  /** Called once, with the first texts; a failed load is tried again. */
  readonly load: () => Promise<Classify>;
  readonly batchSize?: number;
}

/** Scores by a classifier of yours: loaded lazily, asked in batches, stopped between them. */
export class TransformerSentimentAnalyzer implements SentimentAnalyzer {
  readonly name: string;
  readonly #load: () => Promise<Classify>;
  readonly #batchSize: number;
  #model: Promise<Classify> | null = null;

  constructor({ name, load, batchSize = 32 }: TransformerOptions) {
    this.name = name;
    this.#load = load;
    this.#batchSize = batchSize;
  }

  async analyze(texts: string[], { signal }: { readonly signal?: AbortSignal } = {}): Promise<SentimentScore[]> {
    const scores: SentimentScore[] = [];
    for (let start = 0; start < texts.length; start += this.#batchSize) {
      refuseIfAborted(signal);
      const batch = texts.slice(start, start + this.#batchSize);
      const answers = await (await this.#loaded())(batch);
      if (answers.length !== batch.length) throw new ReelflowError('UNEXPECTED', `${this.name} left out a text`);
      scores.push(...answers.map(toScore));
    }
    refuseIfAborted(signal);
    return scores;
  }

  #loaded(): Promise<Classify> {
    this.#model ??= this.#load().catch((thrown: unknown) => {
      this.#model = null;
      throw thrown;
    });
    return this.#model;
  }
}

function refuseIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new ReelflowError('CANCELLED', 'the analysis was cancelled', { cause: signal.reason });
}

/** 'POSITIVE', 'negative' and 'LABEL_2' style names of the usual models; the label follows the score. */
function toScore({ label, score: likelihood }: { label: string; score: number }): SentimentScore {
  const side = /^(pos|label_2)/i.test(label) ? 1 : /^(neg|label_0)/i.test(label) ? -1 : 0;
  const score = side * likelihood;
  return { score, label: score >= 0.05 ? 'positive' : score <= -0.05 ? 'negative' : 'neutral', confidence: likelihood };
}
