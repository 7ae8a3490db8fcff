import type { Classify } from './transformer-sentiment-analyzer.ts';

export interface OnnxClassifierOptions {
  /** The model's bytes, such as from `readFile`. */
  readonly model: Uint8Array;
  /** What the model's only output says, in its order. */
  readonly labels: readonly string[];
  /** A text as the row of numbers that the model's only input takes: the work of its tokenizer. */
  readonly encode: (text: string) => Float32Array;
}

/** Loads a text classifier whose output is the likelihood of each label. Needs `npm install onnxruntime-web`. */
export async function loadOnnxClassifier({ model, labels, encode }: OnnxClassifierOptions): Promise<Classify> {
  const { InferenceSession, Tensor } = await import('onnxruntime-web');
  const session = await InferenceSession.create(model);
  const [input = '', output = ''] = [session.inputNames[0], session.outputNames[0]];
  return async (texts) => {
    const rows = texts.map(encode);
    const width = rows[0]?.length ?? 0;
    const batch = new Float32Array(rows.length * width);
    for (const [index, row] of rows.entries()) batch.set(row, index * width);
    const answer = (await session.run({ [input]: new Tensor('float32', batch, [rows.length, width]) }))[output];
    if (answer === undefined || !(answer.data instanceof Float32Array))
      throw new TypeError('the model gave no numbers');
    const { data } = answer;
    return texts.map((_, index) => best(data.subarray(index * labels.length, (index + 1) * labels.length), labels));
  };
}

function best(likelihoods: Float32Array, labels: readonly string[]): { label: string; score: number } {
  const score = Math.max(...likelihoods);
  return { label: labels[likelihoods.indexOf(score)] ?? '', score };
}
