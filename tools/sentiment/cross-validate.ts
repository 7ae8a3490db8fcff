// The analyser's scores when it has not seen a text: for each part of the data, a model of the other parts.
import { calibration } from '../../src/analysis/calibration.js';
import { LinearModel } from '../../src/analysis/linear-model.js';
import { TextScorer } from '../../src/analysis/text-scorer.js';
import { Vocabulary } from '../../src/analysis/vocabulary.js';
import { foldOf, type LabelledText, samplesOf } from './sources.ts';
import { trainModel } from './train-model.ts';

/** `training` may hold `texts`: a text is never scored by a model that has seen it, or a copy of it in another source. */
export function crossValidate(
  texts: readonly LabelledText[],
  training: readonly LabelledText[],
  folds: number,
): Array<{ score: number; confidence: number }> {
  const scores: Array<{ score: number; confidence: number }> = [];
  const vocabulary = new Vocabulary();
  const foldOfTraining = training.map(({ text }) => foldOf(text, folds));
  const foldOfText = texts.map(({ text }) => foldOf(text, folds));
  for (let fold = 0; fold < folds; fold += 1) {
    const seen = training.filter((_, index) => foldOfTraining[index] !== fold);
    const scorer = new TextScorer(vocabulary, new LinearModel(trainModel(samplesOf(seen))), calibration);
    for (const [index, { text }] of texts.entries()) {
      if (foldOfText[index] === fold) scores[index] = scorer.score(text);
    }
  }
  return scores;
}
