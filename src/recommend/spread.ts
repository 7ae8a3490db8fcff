import type { Movie } from '../domain/movie.js';

/** A film of a series already chosen counts this much less, each time. */
const seriesPenalty = 0.8;

export interface Ranked {
  readonly film: Movie;
  /** '' where it is of none. */
  readonly series: string;
  readonly total: number;
}

/**
 * Takes the best one at a time; each makes films of its series and of its genres less wanted. The totals of what is
 * returned are those with which they were taken, so they fall.
 * @param diversity - the part that a film with the same genres as one already chosen loses, 0 to 1
 */
export function spread<T extends Ranked>(ranked: readonly T[], limit: number, diversity: number): T[] {
  const left = ranked.map((entry) => ({
    entry,
    genres: [...new Set(entry.film.genres)],
    overlap: 0,
    ofSeries: 1,
    taken: false,
  }));
  const chosen: T[] = [];
  while (chosen.length < limit) {
    let best: (typeof left)[number] | undefined;
    let worth = Number.NEGATIVE_INFINITY;
    for (const one of left) {
      if (one.taken) continue;
      const own = one.entry.total * (1 - diversity * one.overlap) * one.ofSeries;
      const ahead = own > worth || (own === worth && one.entry.film.tmdbId < (best?.entry.film.tmdbId ?? 0));
      if (ahead) [best, worth] = [one, own];
    }
    if (best === undefined) break;
    best.taken = true;
    chosen.push({ ...best.entry, total: worth });
    for (const one of left) {
      if (one.taken) continue;
      if (diversity > 0) one.overlap = Math.max(one.overlap, overlapOf(best.genres, one.genres));
      if (one.entry.series !== '' && one.entry.series === best.entry.series) one.ofSeries *= seriesPenalty;
    }
  }
  return chosen;
}

/** What two films have of all genres that either has. */
function overlapOf(one: readonly string[], other: readonly string[]): number {
  let both = 0;
  for (const genre of one) if (other.includes(genre)) both += 1;
  return both === 0 ? 0 : both / (one.length + other.length - both);
}
