import type { SentimentAnalysis } from '../../domain/analysis.js';
import type { WorkflowResult } from '../../domain/workflow-run.js';
import type { StoredMovie } from '../../ports/repository.js';
import type { Paint } from '../output.js';
import { clean } from './texts.js';

const barWidth = 40;
const yearOf = (date: string | null): string => date?.slice(0, 4) ?? 'year unknown';

/** The result as a person wants to see it: the film, the people, the sentiment, what to watch next and why. */
export function renderResult(result: WorkflowResult, stored: StoredMovie | null, paint: Paint): string[] {
  const { movie, analysis, recommendations, candidates = [], errors } = result;
  const complaints = errors.map(({ code, message }) => paint('yellow', `  ! ${code}: ${clean(message)}`));
  const meant = candidates.map(
    ({ title, releaseDate, tmdbId }) => `  ${clean(title)} (${yearOf(releaseDate)}), TMDB ${tmdbId}`,
  );
  const choice = meant.length === 0 ? [] : ['', paint('bold', 'Was one of these meant?'), ...meant];
  if (movie === null) return [...complaints, ...choice];
  return [
    '',
    `${paint('bold', clean(movie.name))} (${yearOf(movie.releaseDate)})   ${movie.genres.map(clean).join(', ')}   ★ ${movie.rating.toFixed(1)}`,
    ...people(stored),
    ...choice,
    '',
    ...(analysis === null ? ['No sentiment: there are no posts.'] : sentiment(analysis, paint)),
    '',
    paint('bold', recommendations.length === 0 ? 'No recommendations: no other film is known yet.' : 'You may like'),
    ...recommendations.flatMap(({ title, releaseDate, score, explanation }) => [
      `  ${(score * 100).toFixed(0).padStart(3)} %  ${clean(title)} (${yearOf(releaseDate)})`,
      `         ${paint('dim', clean(explanation))}`,
    ]),
    ...complaints,
  ];
}

function people(stored: StoredMovie | null): string[] {
  if (stored === null) return [];
  const { directors, cast } = stored;
  return [
    ...(directors.length === 0 ? [] : [`Directed by ${directors.map(clean).join(', ')}`]),
    ...(cast.length === 0 ? [] : [`With ${cast.slice(0, 4).map(clean).join(', ')}`]),
  ];
}

function sentiment(
  { distribution, reviewsAnalyzed, unscored, averageSentiment, confidenceInterval }: SentimentAnalysis,
  paint: Paint,
): string[] {
  const { positivePercentage, neutralPercentage, negativePercentage } = distribution;
  const part = (percentage: number) => Math.round((percentage / 100) * barWidth);
  const picture = [
    paint('green', '█'.repeat(part(positivePercentage))),
    paint('dim', '▒'.repeat(part(neutralPercentage))),
    paint('red', '░'.repeat(part(negativePercentage))),
  ].join('');
  const interval =
    confidenceInterval === null ? '' : ` (95 %: ${confidenceInterval.map((bound) => bound.toFixed(2)).join(' to ')})`;
  const unknown = unscored === 0 ? '' : `, ${unscored} more in languages that are not scored`;
  return [
    `${paint('bold', 'Sentiment')} ${averageSentiment.toFixed(2)}${interval} from ${reviewsAnalyzed} posts${unknown}`,
    `  ${picture}`,
    `  ${positivePercentage.toFixed(0)} % positive, ${neutralPercentage.toFixed(0)} % neutral, ${negativePercentage.toFixed(0)} % negative`,
  ];
}
