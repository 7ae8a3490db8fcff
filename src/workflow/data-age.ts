import type { DataAge, DataOrigin, DataSources } from '../domain/workflow-run.js';
import type { StoredMovie } from '../ports/repository.js';

export const noAge: DataAge = { movieMs: null, reviewsMs: null };

/** @param fetched - of what came live or from the cache in this search */
export function ageOfData(
  stored: StoredMovie | null,
  { movie, reviews }: DataSources,
  fetched: { readonly detailsFetchedAt: string; readonly postsFetchedAt: string },
): DataAge {
  const collectedAt = (stored?.collections ?? []).map((collection) => collection.fetchedAt).sort();
  return {
    movieMs: age(movie, fetched.detailsFetchedAt, stored?.fetchedAt),
    reviewsMs: age(reviews, fetched.postsFetchedAt, collectedAt[0]),
  };
}

function age(origin: DataOrigin, fetchedAt: string, storedAt: string | undefined): number | null {
  const at = origin === 'stored' ? storedAt : origin === 'none' ? undefined : fetchedAt;
  return at === undefined ? null : Math.max(0, Date.now() - Date.parse(at));
}
