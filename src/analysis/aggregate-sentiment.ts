import { labelOf, type SentimentAnalysis, type SentimentScore } from '../domain/analysis.js';
import { studentT95 } from './student-t.js';

/** A score, and what is known of the post that it belongs to. */
export interface PostScore extends SentimentScore {
  /** Posts of one author count as one opinion, their mean. null or absent: nobody else's. */
  readonly authorId?: string | null | undefined;
  /** Likes, reposts and replies together. @default 0 */
  readonly engagement?: number | undefined;
}

export interface AggregateOptions {
  /**
   * 'engagement': an opinion weighs 1 + log2(1 + engagement) in the average and its interval, so that a post with a
   * thousand likes counts about eleven times as much as one with none. The distribution counts opinions either way.
   * @default 'equal'
   */
  readonly weighting?: 'equal' | 'engagement' | undefined;
}

interface Opinion {
  readonly score: number;
  readonly label: SentimentScore['label'];
  readonly weight: number;
}

/**
 * Sums up scores. Those with confidence 0 were not scored and are counted apart; an author's posts count once.
 * Percentages have one decimal and add up to 100 within rounding; they and the average are 0 when nothing was scored.
 */
export function aggregateSentiment(
  scores: readonly PostScore[],
  { weighting = 'equal' }: AggregateOptions = {},
): SentimentAnalysis {
  const scored = scores.filter(({ confidence }) => confidence > 0);
  const opinions = opinionsOf(scored, weighting === 'engagement');
  const count = opinions.length;
  const weights = opinions.reduce((sum, { weight }) => sum + weight, 0);
  const average = count === 0 ? 0 : opinions.reduce((sum, { score, weight }) => sum + score * weight, 0) / weights;
  const labelled = (label: SentimentScore['label']) => opinions.filter((opinion) => opinion.label === label).length;
  const [positive, neutral, negative] = [labelled('positive'), labelled('neutral'), labelled('negative')];
  const percentage = (part: number) => (count === 0 ? 0 : Math.round((part / count) * 1000) / 10);
  return {
    reviewsAnalyzed: count,
    unscored: scores.length - scored.length,
    ...(count < scored.length ? { repeated: scored.length - count } : {}),
    averageSentiment: round(average),
    confidenceInterval: count < 2 ? null : intervalOf(opinions, average, weights),
    distribution: {
      positive,
      neutral,
      negative,
      positivePercentage: percentage(positive),
      neutralPercentage: percentage(neutral),
      negativePercentage: percentage(negative),
    },
  };
}

/** One for each author; posts without an author are one each. */
function opinionsOf(scored: readonly PostScore[], byEngagement: boolean): Opinion[] {
  const byAuthor = new Map<string | number, PostScore[]>();
  for (const [index, post] of scored.entries()) {
    const author = post.authorId ?? index;
    const others = byAuthor.get(author);
    if (others === undefined) byAuthor.set(author, [post]);
    else others.push(post);
  }
  return Array.from(byAuthor.values(), (posts) => {
    const score = posts.reduce((sum, post) => sum + post.score, 0) / posts.length;
    const engagement = Math.max(0, ...posts.map((post) => post.engagement ?? 0));
    return { score, label: labelOf(score), weight: byEngagement ? 1 + Math.log2(1 + engagement) : 1 };
  });
}

/**
 * The 95 % interval by Student's t, which is wide where there are few opinions. With weights, as many opinions count as
 * equal weights would need for the same spread of the mean.
 */
function intervalOf(opinions: readonly Opinion[], average: number, weights: number): [number, number] {
  const squares = opinions.reduce((sum, { weight }) => sum + weight * weight, 0);
  const effective = (weights * weights) / squares;
  const spread = opinions.reduce((sum, { score, weight }) => sum + weight * (score - average) ** 2, 0) / weights;
  const variance = (spread * effective) / (effective - 1);
  const half = studentT95(effective - 1) * Math.sqrt(variance / effective);
  return [round(Math.max(-1, average - half)), round(Math.min(1, average + half))];
}

const round = (value: number): number => Math.round(value * 10_000) / 10_000;
