/** The reference films and likes of ../shared/data; they are not part of the repository. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Movie } from 'reelflow';

const linesOf = (file: string): string[] =>
  gunzipSync(readFileSync(new URL(`../../../../shared/data/${file}`, import.meta.url)))
    .toString('utf8')
    .trimEnd()
    .split('\n');

interface Row {
  tmdb_id: number;
  title: string;
  original_title: string | null;
  original_language: string | null;
  release_date: string | null;
  genres: string[];
  keywords: string[];
  cast: string[];
  directors: string[];
  overview: string | null;
  vote_average: number | null;
  vote_count: number | null;
  runtime: number | null;
}

export function readMovies(): Movie[] {
  return linesOf('movies.jsonl.gz').map((line) => {
    const row: Row = JSON.parse(line);
    return {
      tmdbId: row.tmdb_id,
      title: row.title,
      originalTitle: row.original_title ?? '',
      originalLanguage: row.original_language,
      releaseDate: row.release_date,
      genres: row.genres,
      keywords: row.keywords,
      cast: row.cast,
      directors: row.directors,
      overview: row.overview ?? '',
      rating: row.vote_average ?? 0,
      voteCount: row.vote_count ?? 0,
      popularity: 0, // mixes two scales in these data
      runtimeMinutes: row.runtime,
      posterPath: null,
    };
  });
}

/** A person with the films they like, as places in the list of films. */
export interface Person {
  readonly id: string;
  readonly likes: readonly number[];
}

/** People who like at least one film of the catalogue; a like is a rating from 4 up. */
export function readPeople(file: string, movies: readonly Movie[]): Person[] {
  const placeOf = new Map(movies.map(({ tmdbId }, place) => [tmdbId, place]));
  const people = new Map<string, number[]>();
  for (const line of linesOf(file).slice(1)) {
    const [user = '', tmdbId, rating] = line.split(',');
    const place = placeOf.get(Number(tmdbId));
    if (place === undefined || Number(rating) < 4) continue;
    const likes = people.get(user) ?? [];
    people.set(user, likes);
    likes.push(place);
  }
  return [...people].map(([id, likes]) => ({ id, likes }));
}
