// Another judge of posts: any model that you bring, such as a transformer, behind the port of the analyser.
import { MovieSentimentAnalyzer } from 'reelflow';
import { sentimentAnalyzerContract } from 'reelflow/testing';
import {
  type Classify,
  TransformerSentimentAnalyzer,
} from './own-sentiment-analyzer/transformer-sentiment-analyzer.ts';

// A model in a file of your own: see own-sentiment-analyzer/load-onnx-classifier.ts. `@huggingface/transformers` is yours to install, and it downloads the model that you name:
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
