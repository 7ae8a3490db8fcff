import type { DataAge, DataOrigin, DataSources } from '../domain/workflow-run.js';
import type { ReviewCollection, StoredMovie } from '../ports/repository.js';

export const noAge: DataAge = { movieMs: null, reviewsMs: null };

/**
 * The oldest part counts: of several sources of posts, one that was not asked now, or did not answer, is as old as stored.
 * @param fetched - of what came live or from the cache in this search; `collections` are those that the store has not seen
 */
export function ageOfData(
  stored: StoredMovie | null,
  { movie, reviews }: DataSources,
  fetched: {
    readonly detailsFetchedAt: string;
    readonly postsFetchedAt: string;
    readonly collections?: readonly ReviewCollection[];
  },
): DataAge {
  const answered = new Set(fetched.collections?.map(({ source }) => source));
  const collectedAt = (stored?.collections ?? [])
    .filter(({ source }) => !answered.has(source))
    .map((collection) => collection.fetchedAt)
    .sort();
  const oldestPosts = [fetched.postsFetchedAt, ...collectedAt].sort()[0] ?? fetched.postsFetchedAt;
  return {
    movieMs: age(movie, fetched.detailsFetchedAt, stored?.fetchedAt),
    reviewsMs: age(reviews, oldestPosts, collectedAt[0]),
  };
}

function age(origin: DataOrigin, fetchedAt: string, storedAt: string | undefined): number | null {
  const at = origin === 'stored' ? storedAt : origin === 'none' ? undefined : fetchedAt;
  return at === undefined ? null : Math.max(0, Date.now() - Date.parse(at));
}
