// Another judge of posts: any model that you bring, such as a transformer, behind the port of the analyser.
import { MovieSentimentAnalyzer, ReelflowError, type SentimentAnalyzer, type SentimentScore } from 'reelflow';
import { sentimentAnalyzerContract } from 'reelflow/testing';

/** What a text-classification pipeline answers for a batch: the best label of each text, and how likely it is. */
type Classify = (texts: string[]) => Promise<Array<{ label: string; score: number }>>;

interface TransformerOptions {
  /** Names the model: stored scores of another name are not reused. */
  readonly name: string;
  /** Called once, with the first texts; a failed load is tried again. */
  readonly load: () => Promise<Classify>;
  readonly batchSize?: number;
}

class TransformerSentimentAnalyzer implements SentimentAnalyzer {
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

// The real loading code. `@huggingface/transformers` is yours to install, and it downloads the model that you name:
//   npm install @huggingface/transformers
//   REELFLOW_MODEL=Xenova/twitter-roberta-base-sentiment-latest node own-sentiment-analyzer.ts
async function loadTransformer(model: string): Promise<Classify> {
  const library = '@huggingface/transformers'; // in a variable: it is not a dependency of this package
  const { pipeline } = (await import(library)) as { pipeline(task: string, model: string): Promise<Classify> };
  return pipeline('text-classification', model);
}

/** Stands in where no model was named, so that this file runs without a download. */
const tiny: Classify = async (texts) =>
  texts.map((text) => {
    const good = (text.match(/brilliant|loved|great/gi) ?? []).length;
    const bad = (text.match(/terrible|boring|hated/gi) ?? []).length;
    return { label: good > bad ? 'POSITIVE' : bad > good ? 'NEGATIVE' : 'NEUTRAL', score: 0.9 };
  });

const model = process.env['REELFLOW_MODEL'];
const analyzer = new TransformerSentimentAnalyzer({
  name: model ?? 'tiny',
  load: model === undefined ? async () => tiny : () => loadTransformer(model),
});

const results: Array<Promise<void>> = [];
const test = (name: string, run: () => Promise<void>) => results.push(run().then(() => console.log(`ok  ${name}`)));
sentimentAnalyzerContract(test, async () => ({ analyzer }));
await Promise.all(results);

// Give it to the manager as `sentiment: analyzer`. Beside the one that comes with the package:
const posts = ['Loved it, a brilliant film', 'Terrible and boring', 'Tickets for Friday?'];
const ours = await new MovieSentimentAnalyzer().analyze(posts);
for (const [index, { score }] of (await analyzer.analyze(posts)).entries())
  console.log(`${posts[index]}: ${analyzer.name} ${score.toFixed(2)}, ours ${ours[index]?.score.toFixed(2)}`);
