import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { MovieCandidate } from '../../../src/domain/movie.js';
import type { SandboxFilm } from '../../../src/sandbox/film.js';

/** The films of a file of JSON lines, packed or not. */
export const readFilms = (path: string): SandboxFilm[] =>
  gunzipSync(readFileSync(path))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

/** A film as a provider lists it. */
export const toCandidate = (film: SandboxFilm): MovieCandidate => ({
  tmdbId: film.tmdb_id,
  title: film.title,
  originalTitle: film.original_title ?? film.title,
  originalLanguage: film.original_language ?? null,
  releaseDate: film.release_date ?? null,
  overview: '',
  rating: film.vote_average,
  voteCount: film.vote_count,
  popularity: 0,
  posterPath: null,
});
