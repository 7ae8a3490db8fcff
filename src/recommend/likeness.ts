/** Likeness at which quality counts half. */
const halfLike = 0.5;
/** What quality counts for a film that has nothing in common with the seed. */
const leastQuality = 0.1;
/** Months in which being of the same time falls to 0.37. */
const fadingMonths = 24;

const fading = Float64Array.from({ length: 40 * 12 }, (_, months) => Math.exp(-months / fadingMonths));

/** 1 for films of the same month, 0.37 two years apart, 0 where a date is unknown. */
export const sameTime = (month: number, other: number): number =>
  month < 0 || other < 0 ? 0 : (fading[Math.abs(month - other)] ?? 0);

/** A film with more features of a kind than the seed shares them less by chance alone: the part that remains, at most 1. */
export const lengthFactor = (seedRoot: number, filmRoot: number): number => Math.min(1, seedRoot * filmRoot);

/** How much of its quality counts for a film: the more, the more it has in common with the seed. 0.1 to 1. */
export const qualityShare = (likeness: number): number =>
  leastQuality + (1 - leastQuality) * (likeness / (likeness + halfLike));
