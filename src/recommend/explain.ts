import type { RecommendationReason } from '../domain/recommendation.js';
import type { Explain } from './recommender-options.js';

const mostValues = 3;
/** Reasons that decided less than this are left out of the sentence. */
const smallestShare = 0.04;
const mostParts = 4;

const languages = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' });

/** One sentence made of the reasons that decided. */
export const explainInEnglish: Explain = (reasons, { sentiment }) => {
  const posts = reasons.filter(({ kind }) => kind === 'sentiment'); // said whatever its share: people ask for it
  const decided = reasons.filter(({ share, kind }) => kind !== 'sentiment' && share >= smallestShare);
  const said = [...decided.slice(0, mostParts), ...posts];
  const parts = said.flatMap((reason) => phraseFor(reason, sentiment));
  const [first = 'popular with many', ...rest] = [...new Set(parts)];
  return [first[0]?.toUpperCase() + first.slice(1), ...rest].join('; ');
};

function phraseFor({ kind, values }: RecommendationReason, sentiment: Parameters<Explain>[1]['sentiment']): string[] {
  const list = joined(values.slice(0, mostValues));
  switch (kind) {
    case 'director':
      return [`same director${values.length > 1 ? 's' : ''} ${list}`];
    case 'cast':
      return [`with ${list} again`];
    case 'genre':
      return [`also ${list.toLowerCase()}`];
    case 'keyword':
      return [`shares ${list}`];
    case 'language':
      return [`also in ${joined(values.map(languageName))}`];
    case 'decade':
      return [`also from the ${list}`];
    case 'quality':
      return [`rated ${list}`];
    case 'related':
      return ['listed by TMDB beside it'];
    case 'liked':
      return ['liked by the same people'];
    case 'sentiment':
      return sentiment === null
        ? []
        : [`${Math.round(sentiment.positivePercentage)} % of ${sentiment.reviewsAnalyzed} posts positive`];
    case 'recency':
      return [`new in ${list}`];
    default:
      return [];
  }
}

function languageName(code: string): string {
  try {
    return languages.of(code) ?? code;
  } catch {
    return code; // TMDB has codes of its own, such as 'cn'
  }
}

function joined(values: readonly string[]): string {
  if (values.length < 2) return values.join('');
  return `${values.slice(0, -1).join(', ')} and ${values.at(-1)}`;
}
