import { LinearModel } from './linear-model.js';
import { step, weights } from './model/weights.js';

/** Imported with the first text, so that who does not score texts does not load its weights. Read only. */
export const defaultModel = new LinearModel({ step, weights: new Int8Array(Buffer.from(weights, 'base64')) });
