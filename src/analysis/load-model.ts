import { LinearModel } from './linear-model.js';

/** Loads the weights, which are a module of their own, so that who does not score texts does not load them. */
export async function loadModel(): Promise<LinearModel> {
  const { step, weights } = await import('./model/weights.js');
  return new LinearModel({ step, weights: new Int8Array(Buffer.from(weights, 'base64')) });
}
