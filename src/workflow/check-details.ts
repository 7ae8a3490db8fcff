import type { Movie, MovieDetails } from '../domain/movie.js';
import type { RejectedRecord } from '../domain/records.js';
import { parseMovie } from '../domain/schemas.js';

export interface CheckedDetails {
  /** null: the film itself cannot be used. */
  readonly checked: MovieDetails | null;
  readonly rejected: readonly RejectedRecord[];
}

/** Checks a film and those that are listed with it, as a provider gave them; a bad one of these is set aside. */
export function checkDetails(details: MovieDetails, tmdbId: number): CheckedDetails {
  const raw: unknown = details.movie;
  const movie = parseMovie(typeof raw === 'object' && raw !== null ? { ...raw, tmdbId } : raw);
  if (!movie.ok) return { checked: null, rejected: [movie.rejected] };
  const related: Movie[] = [];
  const rejected: RejectedRecord[] = [];
  for (const other of details.related ?? []) {
    const parsed = parseMovie(other);
    if (parsed.ok) related.push(parsed.value);
    else rejected.push(parsed.rejected);
  }
  return { checked: { movie: movie.value, related: related.filter((other) => other.tmdbId !== tmdbId) }, rejected };
}
