import { type FilmRecord, mergeFilm } from '../../domain/merge-stored.js';
import type { RejectedRecord } from '../../domain/records.js';
import { refuseMovie } from '../../domain/storable.js';
import { cutKey, titleKeys } from '../../domain/title-keys.js';
import type { Counts, WriteBatch } from '../../ports/repository.js';
import { utc } from '../../ports/repository-input.js';
import type { MemoryTables } from './memory-tables.js';

/** The film, then the related films without it; of doubles the last one counts. */
export function applyMovies(tables: MemoryTables, { film, related }: WriteBatch, rejected: RejectedRecord[]): Counts {
  const records = new Map<number, FilmRecord>();
  if (related !== undefined) {
    const fetchedAt = utc(related.fetchedAt, 'related.fetchedAt');
    for (const movie of related.movies) {
      records.set(movie.tmdbId, { movie, relatedIds: [], detailed: false, fetchedAt, seenAt: fetchedAt });
    }
  }
  if (film !== undefined) {
    const fetchedAt = utc(film.fetchedAt, 'film.fetchedAt');
    const { movie, relatedIds } = film;
    records.set(movie.tmdbId, { movie, relatedIds, detailed: true, fetchedAt, seenAt: fetchedAt });
  }
  const counts = { inserted: 0, updated: 0, unchanged: 0 };
  for (const record of records.values()) {
    const refused = refuseMovie(record.movie);
    if (refused === undefined) counts[applyFilm(tables, record)] += 1;
    else rejected.push(refused);
  }
  if (film !== undefined && tables.movies.has(film.movie.tmdbId)) {
    for (const key of film.searchKeys ?? []) {
      if (key !== '') tables.searchKeys.set(cutKey(key), film.movie.tmdbId);
    }
  }
  return counts;
}

function applyFilm(tables: MemoryTables, arrived: FilmRecord): keyof Counts {
  const row = tables.movies.get(arrived.movie.tmdbId);
  const { outcome, record } = mergeFilm(row, arrived);
  const { movie, relatedIds, detailed, fetchedAt, seenAt } = record;
  tables.movies.set(movie.tmdbId, {
    ...(row ?? { id: tables.takeId(), collections: [], sentiment: null, analyzedAt: '' }),
    ...{ movie, relatedIds, detailed, fetchedAt, seenAt },
    changedAt: row !== undefined && outcome === 'unchanged' ? row.changedAt : tables.takeChangeTime(),
    titleKeys: titleKeys(movie),
  });
  return outcome;
}
