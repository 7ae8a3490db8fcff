import type { RecommendationReason } from '../domain/recommendation.js';
import type { Explain, ExplanationFacts } from './recommender-options.js';

const mostValues = 3;
/** Reasons that decided less than this are left out of the sentence; most films are of some language and time. */
const smallestShare = (kind: string): number => (kind === 'language' || kind === 'decade' ? 0.1 : 0.04);
const mostParts = 3;

/** What tells most about a film comes first, whatever its share. */
const order = ['director', 'series', 'cast', 'liked', 'related', 'shared', 'language', 'decade', 'recency'];

const languages = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' });

/** One sentence made of the reasons that decided, and of what the posts say. */
export const explainInEnglish: Explain = (reasons, facts) => {
  const decided = withShared(reasons.filter(({ kind, share }) => share >= smallestShare(kind)));
  const told = order.flatMap((kind) => decided.filter((reason) => reason.kind === kind));
  const parts = told.slice(0, mostParts).map((reason) => phraseFor(reason, facts));
  if (parts.length < mostParts && facts.voteCount > 0) parts.push(ratedBy(facts));
  if (facts.sentiment !== null) {
    const { positivePercentage, reviewsAnalyzed } = facts.sentiment;
    parts.push(`${Math.round(positivePercentage)} % of ${reviewsAnalyzed} posts positive`);
  }
  const [first = 'next in the catalogue', ...rest] = parts;
  return [first[0]?.toUpperCase() + first.slice(1), ...rest].join('; ');
};

/** Genres and keywords are told together. */
function withShared(reasons: readonly RecommendationReason[]): RecommendationReason[] {
  const genres = reasons.find(({ kind }) => kind === 'genre')?.values ?? [];
  const keywords = reasons.find(({ kind }) => kind === 'keyword')?.values ?? [];
  const told = [...genres.slice(0, keywords.length > 0 ? 1 : mostValues), ...keywords].slice(0, mostValues);
  return told.length === 0 ? [...reasons] : [...reasons, { kind: 'shared', share: 0, values: told }];
}

function phraseFor({ kind, values }: RecommendationReason, { seedTitle }: ExplanationFacts): string {
  const list = joined(values.slice(0, mostValues));
  switch (kind) {
    case 'director':
      return `same director${values.length > 1 ? 's' : ''} ${list}`;
    case 'series':
      return `of the same series as ${seedTitle ?? list}`;
    case 'cast':
      return `with ${list} again`;
    case 'liked':
      return 'liked by the same people';
    case 'related':
      return 'listed by TMDB beside it';
    case 'language':
      return `also in ${joined(values.map(languageName))}`;
    case 'decade':
      return `from the same years (${list})`;
    case 'recency':
      return `new in ${list}`;
    default:
      return `shares ${list.toLowerCase()}`;
  }
}

const ratedBy = ({ rating, voteCount }: ExplanationFacts): string =>
  `rated ${rating.toFixed(1)} by ${voteCount.toLocaleString('en-US')} people`;

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
