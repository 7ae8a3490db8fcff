import { element } from '../dom.js';
import { duration, milliseconds, number, percent, usd, words, year } from '../format.js';
import type { WireRecommendation, WireWorkflowResult } from '../wire.js';
import { sentimentPicture } from './sentiment.js';

export function resultView(result: WireWorkflowResult): HTMLElement {
  const { movie, analysis, recommendations, errors } = result;
  return element(
    'article',
    { class: 'film', 'aria-label': 'Result' },
    movie === null ? element('h3', {}, 'No film was found') : filmHead(movie),
    element('p', { class: 'note' }, aboutRun(result)),
    errors.length === 0
      ? null
      : element(
          'ul',
          { class: result.success ? 'fair' : 'wrong' },
          ...errors.map(({ code, message, api }) =>
            element('li', {}, `${api === undefined ? '' : `${api}: `}${code}: ${message}`),
          ),
        ),
    movie === null && result.candidates !== undefined
      ? element(
          'p',
          {},
          `Perhaps: ${result.candidates.map(({ title, release_date }) => title + year(release_date)).join(', ')}`,
        )
      : null,
    analysis === null ? null : sentimentPicture(analysis),
    recommendations.length === 0 ? null : element('h3', {}, 'Recommended'),
    recommendations.length === 0
      ? null
      : element('ol', { class: 'recommendations' }, ...recommendations.map(recommendationView)),
  );
}

function filmHead(movie: NonNullable<WireWorkflowResult['movie']>): HTMLElement {
  const { name, release_date, genres, rating, match_confidence: confidence } = movie;
  const facts = [genres.join(', '), `rated ${rating.toFixed(1)}`, `match ${percent(Math.round(confidence * 100))}`];
  return element(
    'div',
    {},
    element('h3', {}, name + year(release_date)),
    element('p', { class: 'soft' }, facts.filter((fact) => fact !== '').join(' · ')),
  );
}

function aboutRun({ degraded, sources, data_age: age, duration_ms, cost, coalesced }: WireWorkflowResult): string {
  const calls = Object.entries(cost.api_calls).map(([api, count]) => `${number(count)} to ${api}`);
  const old = (ms: number | null) => (ms === null || ms < 60_000 ? '' : `, ${duration(ms)} old`);
  return [
    degraded ? 'Degraded: something is missing or old' : 'Complete',
    `film ${sources.movie}${old(age.movie_ms)}`,
    `posts ${sources.reviews}${old(age.reviews_ms)}`,
    calls.length === 0 ? 'no call' : `calls: ${calls.join(', ')}`,
    usd(cost.estimated_usd),
    milliseconds(duration_ms),
    ...(coalesced ? ['joined a search under way'] : []),
  ].join(' · ');
}

function recommendationView({ title, release_date, score, explanation, reasons }: WireRecommendation): HTMLElement {
  const why = reasons.map(({ kind, share, values }) =>
    element(
      'li',
      {},
      `${words(kind)}: ${percent(Math.round(share * 100))} of the score${values.length === 0 ? '' : ` (${values.join(', ')})`}`,
    ),
  );
  return element(
    'li',
    {},
    element('span', { class: 'score' }, percent(Math.round(score * 100))),
    element(
      'div',
      {},
      element('strong', {}, title + year(release_date)),
      element('p', {}, explanation),
      why.length === 0 ? null : element('details', {}, element('summary', {}, 'Why'), element('ul', {}, ...why)),
    ),
  );
}
