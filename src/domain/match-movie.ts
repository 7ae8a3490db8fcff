import type { MovieCandidate } from './movie.js';
import { releaseYear } from './movie.js';
import { titleSimilarity } from './title-similarity.js';

/** Below this no candidate is the film that was meant. */
const floor = 0.45;

export interface MovieMatch<Candidate> {
  readonly candidate: Candidate;
  /** 0 to 1: 1 the title as searched and nothing else like it; below 0.6 a guess. */
  readonly confidence: number;
}

type Comparable = Pick<MovieCandidate, 'title' | 'originalTitle' | 'releaseDate' | 'voteCount'>;

/**
 * Chooses the film that was meant: by title (the original one too), by the year within one when it is given, then by how
 * many voted; the provider's own order decides the rest. null when none is like the text at all.
 */
export function matchMovie<Candidate extends Comparable>(
  query: { readonly text: string; readonly year?: number },
  candidates: readonly Candidate[],
): MovieMatch<Candidate> | null {
  const mostVotes = candidates.reduce((most, { voteCount }) => Math.max(most, voteCount), 1);
  let best: { candidate: Candidate; rank: number; likeness: number } | null = null;
  let rival = 0;
  for (const [position, candidate] of candidates.entries()) {
    const likeness = likenessOf(query, candidate);
    const fame = Math.log1p(candidate.voteCount) / Math.log1p(mostVotes);
    const rank = likeness + 0.2 * fame - 0.002 * Math.min(position, 20);
    if (best === null || rank > best.rank) {
      rival = Math.max(rival, best?.rank ?? 0);
      best = { candidate, rank, likeness };
    } else rival = Math.max(rival, rank);
  }
  if (best === null || best.likeness < floor) return null;
  const doubt = Math.max(0, 0.15 - (best.rank - rival));
  return { candidate: best.candidate, confidence: Math.min(1, Math.max(0, best.likeness - doubt)) };
}

function likenessOf(query: { readonly text: string; readonly year?: number }, film: Comparable): number {
  const title = Math.max(titleSimilarity(query.text, film.title), titleSimilarity(query.text, film.originalTitle));
  if (query.year === undefined) return title;
  const year = releaseYear(film);
  if (year === null) return title * 0.8;
  const apart = Math.abs(year - query.year);
  if (apart === 0) return title;
  return apart === 1 ? title * 0.95 : title * 0.4; // another year is another film
}
