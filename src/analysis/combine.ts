/** How the two opinions become one: found by training, see tools/train-sentiment.ts. */
export interface Calibration {
  /** Weight of the rules' evidence, which is from -1 to 1. */
  readonly rules: number;
  /** Weight of the model's opinion. */
  readonly model: number;
  /** Opinions weaker than this are neutral; their sign is kept. */
  readonly doubt: number;
}

/** From here on a score has a label. */
const border = 0.05;
/** Half of what is left is reached at this strength beyond doubt. */
const halfway = 1.6;

/** An opinion of any strength as a score from -1 to 1. */
export function toScore(opinion: number, doubt: number): number {
  const strength = Math.abs(opinion);
  if (strength < doubt) return (opinion / doubt) * (border - 0.001);
  const beyond = strength - doubt;
  return Math.sign(opinion) * (border + (1 - border) * (beyond / (beyond + halfway)));
}
