import { aggregateSentiment, type PostScore } from '../../analysis/aggregate-sentiment.js';
import { labelOf, type SentimentAnalysis, type SentimentScore } from '../../domain/analysis.js';
import type { Review } from '../../domain/review.js';
import type { StepReport } from '../../domain/workflow-run.js';
import { toReelflowError } from '../../errors/classify-error.js';
import { ReelflowError } from '../../errors/reelflow-error.js';
import { type SerializedError, serializeError } from '../../errors/serialized-error.js';
import type { StoredReview } from '../../ports/repository.js';
import { unlessAborted } from '../../resilience/unless-aborted.js';
import { degraded, ok, type RunContext, type StepOutcome, skipped } from '../run-context.js';
import type { Identified } from './identify.js';
import type { Stored } from './store.js';

/** Posts of a film that are looked at, newest first. */
const mostReviews = 1000;

interface Scored {
  readonly tweetId: string;
  readonly score: SentimentScore;
}

/** Scores each new post once, keeps the score, and sums up all posts of the film. */
export async function analyse(
  context: RunContext,
  { film, stored }: Identified,
  collected: readonly Review[],
  { complete }: Stored,
  soFar: () => StepReport,
): Promise<StepOutcome<SentimentAnalysis | null>> {
  const { options, journal, workflowId } = context;
  const errors: SerializedError[] = [];
  const known = await storedReviews(context, film.tmdbId, errors);
  const reviews = merge(known, collected);
  if (reviews.length === 0) return errors.length === 0 ? skipped(null) : degraded(null, errors);
  const { name } = options.sentiment;
  const fresh = reviews.filter((review) => !hasScore(review, name) && review.text !== '');
  if (fresh.length > 0) await journal.begin(); // an analyser may take long, and cost
  let added: Scored[];
  try {
    added = await score(context, fresh);
  } catch (thrown) {
    return degraded(null, [...errors, failure(thrown)]);
  }
  const given = new Map(added.map(({ tweetId, score }) => [tweetId, score]));
  const scores = reviews.flatMap((review) => {
    const sentiment = hasScore(review, name) ? review.sentiment : given.get(review.tweetId);
    return sentiment === null || sentiment === undefined ? [] : [postScore(review, sentiment)];
  });
  const analysis = aggregateSentiment(scores, { weighting: options.sentimentWeighting });
  context.catalogue.learned(film.tmdbId, analysis);
  context.publish('analysis_completed', { workflowId, movie: film, analysis });
  const changed = added.length > 0 || JSON.stringify(stored?.sentiment) !== JSON.stringify(analysis);
  if (changed && complete) {
    const summary = {
      tmdbId: film.tmdbId,
      analyzer: name,
      scores: added,
      summary: analysis,
      analyzedAt: new Date().toISOString(),
    };
    try {
      const { diverted } = await journal.apply({
        operation: 'store_analysis',
        batch: { analysis: summary },
        ends: soFar(),
      });
      if (diverted !== null) errors.push({ ...diverted, step: 'analyse' });
    } catch (thrown) {
      errors.push(failure(thrown));
    }
  }
  return errors.length === 0 ? ok(analysis) : degraded(analysis, errors);
}

async function score({ options, calls, signal }: RunContext, reviews: readonly Review[]): Promise<Scored[]> {
  if (reviews.length === 0) return [];
  // What is loaded from the disk once is no part of the time that a search has.
  await unlessAborted(Promise.resolve(options.sentiment.prepare?.()), signal, 'the search');
  const texts = reviews.map(({ text }) => text);
  const scores = await calls.local('scoring the sentiment', (signal) => options.sentiment.analyze(texts, { signal }));
  if (!Array.isArray(scores) || scores.length !== texts.length) {
    throw new ReelflowError(
      'UNEXPECTED',
      `the analyser '${options.sentiment.name}' gave no score for each of ${texts.length} texts`,
    );
  }
  return reviews.flatMap(({ tweetId }, index) => {
    const given = scores[index];
    return given === undefined ? [] : [{ tweetId, score: checkScore(given, options.sentiment.name) }];
  });
}

/** One score outside its range would spoil the average and stay in the store. The label follows the score. */
function checkScore({ score, confidence }: SentimentScore, name: string): SentimentScore {
  const isSound = score >= -1 && score <= 1 && confidence >= 0 && confidence <= 1;
  if (!isSound)
    throw new ReelflowError(
      'UNEXPECTED',
      `the analyser '${name}' gave a score outside -1 to 1, or a confidence outside 0 to 1`,
    );
  return { score, label: labelOf(score), confidence };
}

async function storedReviews(
  { calls, options }: RunContext,
  tmdbId: number,
  errors: SerializedError[],
): Promise<StoredReview[]> {
  try {
    return await calls.database('find_reviews', () => options.repository.findReviews(tmdbId, { limit: mostReviews }));
  } catch (thrown) {
    errors.push(failure(thrown));
    return [];
  }
}

/** The stored posts, and those that could not be stored. */
function merge(stored: readonly StoredReview[], collected: readonly Review[]): StoredReview[] {
  const known = new Set(stored.map(({ tweetId }) => tweetId));
  const others = collected.filter(({ tweetId }) => !known.has(tweetId));
  return [
    ...stored,
    ...others.map((review) => ({ ...review, id: '', fetchedAt: '', sentiment: null, analyzer: null })),
  ];
}

const postScore = ({ authorId, likeCount, repostCount, replyCount }: Review, score: SentimentScore): PostScore => ({
  ...score,
  authorId,
  engagement: likeCount + repostCount + replyCount,
});

const hasScore = ({ sentiment, analyzer }: StoredReview, name: string): boolean =>
  sentiment !== null && analyzer === name;

function failure(thrown: unknown): SerializedError {
  const error = toReelflowError(thrown, 'database');
  if (error.code === 'CANCELLED') throw error;
  return serializeError(error, { step: 'analyse' });
}
