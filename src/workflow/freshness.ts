import type { ReviewCollection, StoredMovie } from '../ports/repository.js';

/** What one source is still asked for. */
export interface PostsPlan {
  readonly count: number;
  readonly sinceId: string | null;
}

const isFresh = (fetchedAt: string, maxAgeMs: number): boolean => Date.now() - Date.parse(fetchedAt) <= maxAgeMs;

/** Whether a stored film can be used without asking; one known from a list only is never enough. */
export const isFilmFresh = (film: StoredMovie, maxAgeMs: number): boolean =>
  film.detailed && isFresh(film.fetchedAt, maxAgeMs);

/**
 * What to ask a source for: nothing when the last collection is fresh and asked for as many; only newer posts when it
 * asked for as many and is old; everything when it asked for fewer. @returns null for nothing
 */
export function planPosts(
  last: ReviewCollection | undefined,
  count: number,
  maxAgeMs: number,
  always: boolean,
): PostsPlan | null {
  if (count === 0) return null;
  if (last === undefined || last.requested < count) return { count, sinceId: null };
  if (!always && isFresh(last.fetchedAt, maxAgeMs)) return null;
  return { count, sinceId: last.newestId };
}

/** The newer of two ids: longer, or later in the alphabet; ids are texts, never numbers. */
export const newerId = (one: string | null, other: string | null): string | null => {
  if (one === null || other === null) return one ?? other;
  if (one.length !== other.length) return one.length > other.length ? one : other;
  return one > other ? one : other;
};
