import type { LabelledText } from './sources.ts';

const labels = ['positive', 'neutral', 'negative'] as const;
type Label = (typeof labels)[number];

/** Three classes are cut from a score. */
const labelOf = (score: number): Label => (score >= 0.05 ? 'positive' : score <= -0.05 ? 'negative' : 'neutral');

export interface Metrics {
  readonly texts: number;
  readonly macroF1: number;
  readonly macroRecall: number;
  /** Of the positive and negative texts: the sign of the score decides, an exact 0 is wrong. */
  readonly polarAccuracy: number;
}

/** Classes that do not occur among the texts are left out of the means. */
export function measure(texts: readonly LabelledText[], scores: readonly number[]): Metrics {
  const counts = new Map<string, number>();
  const count = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  let [polar, right] = [0, 0];
  for (const [index, { label }] of texts.entries()) {
    const score = scores[index] ?? 0;
    const given = labelOf(score);
    count(`is ${label}`);
    count(`said ${given}`);
    if (given === label) count(`right ${label}`);
    if (label === 'neutral') continue;
    polar += 1;
    if (Math.sign(score) === (label === 'positive' ? 1 : -1)) right += 1;
  }
  const occurring = labels.filter((label) => counts.has(`is ${label}`));
  const mean = (value: (label: Label) => number) =>
    occurring.reduce((sum, label) => sum + value(label), 0) / Math.max(1, occurring.length);
  const of = (key: string) => counts.get(key) ?? 0;
  return {
    texts: texts.length,
    macroF1: mean((label) => (2 * of(`right ${label}`)) / (of(`is ${label}`) + of(`said ${label}`))),
    macroRecall: mean((label) => of(`right ${label}`) / of(`is ${label}`)),
    polarAccuracy: polar === 0 ? Number.NaN : right / polar,
  };
}
