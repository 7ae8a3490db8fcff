import { LinearModel } from './linear-model.js';
import { Vocabulary } from './vocabulary.js';

let vocabulary: Vocabulary | null = null;
let model: Promise<LinearModel> | null = null;

/** Built with the first text, in some milliseconds. It is read only, so all analysers share it. */
export function sharedVocabulary(): Vocabulary {
  vocabulary ??= new Vocabulary();
  return vocabulary;
}

/** Loads the weights, which are a module of their own, so that who does not score texts does not load them. Shared as well. */
export function sharedModel(): Promise<LinearModel> {
  model ??= loadModel().catch((thrown: unknown) => {
    model = null; // tried again with the next text
    throw thrown;
  });
  return model;
}

async function loadModel(): Promise<LinearModel> {
  const { step, weights } = await import('./model/weights.js');
  return new LinearModel({ step, weights: new Int8Array(Buffer.from(weights, 'base64')) });
}
