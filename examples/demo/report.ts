import { styleText } from 'node:util';
import type { AutomationStatistics, SentimentAnalysis, StoredMovie, WorkflowResult } from 'reelflow';
import { seconds } from './progress.ts';

const barWidth = 40;

/** The result as a person wants to see it: the film, the people, the sentiment, what to watch next and why. */
export function renderResult(result: WorkflowResult, stored: StoredMovie | null): string {
  const { movie, analysis, recommendations, errors } = result;
  if (movie === null) return [``, ...errors.map(({ code, message }) => `✗ ${code}: ${message}`)].join('\n');
  const year = movie.releaseDate?.slice(0, 4) ?? 'year unknown';
  return [
    '',
    `${styleText('bold', movie.name)} (${year})   ${movie.genres.join(', ')}   ★ ${movie.rating.toFixed(1)}`,
    ...people(stored),
    '',
    ...(analysis === null ? ['No sentiment: there are no posts.'] : sentiment(analysis)),
    '',
    styleText('bold', 'You may like'),
    ...recommendations.map(
      ({ title, releaseDate, score, explanation }) =>
        `  ${(score * 100).toFixed(0).padStart(3)} %  ${title} (${releaseDate?.slice(0, 4) ?? '?'})\n         ${styleText('dim', explanation)}`,
    ),
    ...errors.map(({ code, message }) => styleText('yellow', `  ! ${code}: ${message}`)),
  ].join('\n');
}

function people(stored: StoredMovie | null): string[] {
  if (stored === null) return [];
  const { directors, cast } = stored;
  return [
    ...(directors.length === 0 ? [] : [`Directed by ${directors.join(', ')}`]),
    ...(cast.length === 0 ? [] : [`With ${cast.slice(0, 4).join(', ')}`]),
  ];
}

function sentiment({
  distribution,
  reviewsAnalyzed,
  unscored,
  averageSentiment,
  confidenceInterval,
}: SentimentAnalysis): string[] {
  const { positivePercentage, neutralPercentage, negativePercentage } = distribution;
  const part = (percentage: number) => Math.round((percentage / 100) * barWidth);
  const bar = [
    styleText('green', '█'.repeat(part(positivePercentage))),
    styleText('dim', '▒'.repeat(part(neutralPercentage))),
    styleText('red', '░'.repeat(part(negativePercentage))),
  ].join('');
  const interval =
    confidenceInterval === null ? '' : ` (95 %: ${confidenceInterval.map((bound) => bound.toFixed(2)).join(' to ')})`;
  const unknown = unscored === 0 ? '' : `, ${unscored} more in languages that are not scored`;
  return [
    `${styleText('bold', 'Sentiment')} ${averageSentiment.toFixed(2)}${interval} from ${reviewsAnalyzed} posts${unknown}`,
    `  ${bar}`,
    `  ${positivePercentage.toFixed(0)} % positive, ${neutralPercentage.toFixed(0)} % neutral, ${negativePercentage.toFixed(0)} % negative`,
  ];
}

const count = (amount: number, what: string): string => `${amount} ${what}${amount === 1 ? '' : 's'}`;

/** What it took. */
export function renderStatistics(result: WorkflowResult, statistics: AutomationStatistics, requests: number): string {
  const { apiCalls, databaseOperations } = statistics.coordinatorStats;
  const apis = Object.entries(apiCalls.byApi).map(
    ([name, { total, successRate, attempts, retries, waitedMs }]) =>
      `  ${name.padEnd(10)} ${count(total, 'call')}, ${count(attempts, 'attempt')}, ${retries === 1 ? '1 retry' : `${retries} retries`}, ${seconds(waitedMs)} waited, ${successRate.toFixed(0)} % succeeded`,
  );
  return [
    '',
    styleText('bold', 'Statistics'),
    ...(apis.length === 0 ? ['  no API was asked'] : apis),
    `  ${'database'.padEnd(10)} ${databaseOperations.total} operations, ${databaseOperations.successRate.toFixed(0)} % succeeded`,
    `  film ${result.sources.movie}, posts ${result.sources.reviews}; ${requests} requests, ${result.cost.estimatedUsd.toFixed(3)} USD at X's prices, ${seconds(result.durationMs)}`,
  ].join('\n');
}
