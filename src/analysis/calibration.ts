import type { Calibration } from './combine.js';

/** Chosen on the development data by cross-validation; see docs/sentiment.md. */
export const calibration: Calibration = { rules: 4, model: 1, doubt: 0.9 };
export const calibrationWithoutModel: Calibration = { rules: 4, model: 0, doubt: 0.7 };
