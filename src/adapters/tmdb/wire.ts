import * as z from 'zod';
import type { Movie, MovieCandidate } from '../../domain/movie.js';
import { isReadable, longestText } from '../http/readable.js';

/** TMDB's shapes as they really come: null, '' and missing mean the same, and a single odd field spoils nothing. */
const text = z.string().max(longestText).nullish().catch(null);
const required = z.string().max(longestText).refine(isReadable);
const number = z.number().nullish().catch(null);
const named = z.object({ name: required });

/** Of a language's tag. Source: BCP 47, 4.4.1. */
const longestLanguage = 35;
/** In minutes: a week. */
const longestRuntime = 10_080;

/** Keeps the items that fit and leaves the others out. */
const listOf = <Item>(item: z.ZodType<Item>) =>
  z
    .array(z.unknown())
    .nullish()
    .catch(null)
    .transform((items) =>
      (items ?? []).flatMap((raw) => {
        const parsed = item.safeParse(raw);
        return parsed.success ? [parsed.data] : [];
      }),
    );

const listed = z.object({
  id: z.number().int().positive(),
  title: required,
  original_title: text,
  original_language: z.string().max(longestLanguage).nullish().catch(null),
  release_date: text,
  overview: text,
  vote_average: number,
  vote_count: z.number().max(Number.MAX_SAFE_INTEGER).nullish().catch(null),
  popularity: number,
  poster_path: text,
  adult: z.boolean().nullish().catch(null),
  genre_ids: z.array(z.number()).nullish().catch(null),
});
type Listed = z.output<typeof listed>;

/** A list of which nothing can be read is no empty list: it must not be taken for "nothing found". */
export const searchAnswer = z
  .object({ results: z.array(z.unknown()) })
  .transform(({ results }) => ({ sent: results.length, results: listOf(listed).parse(results) }))
  .refine(({ sent, results }) => sent === 0 || results.length > 0);

const page = z
  .object({ results: listOf(listed) })
  .nullish()
  .catch(null);

/** TMDB's genre ids of films, so that lists, which carry only ids, need no further call. Source: /3/genre/movie/list, en-US. */
const genreNames: Readonly<Record<number, string>> = {
  12: 'Adventure',
  14: 'Fantasy',
  16: 'Animation',
  18: 'Drama',
  27: 'Horror',
  28: 'Action',
  35: 'Comedy',
  36: 'History',
  37: 'Western',
  53: 'Thriller',
  80: 'Crime',
  99: 'Documentary',
  878: 'Science Fiction',
  9648: 'Mystery',
  10402: 'Music',
  10749: 'Romance',
  10751: 'Family',
  10752: 'War',
  10770: 'TV Movie',
};

/** By its id where that is known, as in lists: names come in the language of the client, or not at all. */
const genre = z
  .object({ id: number, name: text })
  .transform(({ id, name }) => genreNames[id ?? 0] ?? name)
  .pipe(required);

export const detailsAnswer = listed.extend({
  runtime: z.number().max(longestRuntime).nullish().catch(null),
  genres: listOf(genre),
  keywords: z
    .object({ keywords: listOf(named) })
    .nullish()
    .catch(null),
  credits: z
    .object({
      cast: listOf(named.extend({ order: number })),
      crew: listOf(named.extend({ job: text })),
    })
    .nullish()
    .catch(null),
  recommendations: page,
  similar: page,
});
export type DetailsAnswer = z.output<typeof detailsAnswer>;

export const errorAnswer = z.object({ status_code: z.number(), status_message: z.string().catch('') });

/** The main actors that are kept: TMDB lists hundreds. */
const castKept = 10;

function toCandidate(film: Listed): MovieCandidate {
  return {
    tmdbId: film.id,
    title: film.title,
    originalTitle: film.original_title ?? '',
    originalLanguage: orNull(film.original_language),
    releaseDate: orNull(film.release_date),
    overview: film.overview ?? '',
    rating: film.vote_average ?? 0,
    voteCount: film.vote_count ?? 0,
    popularity: film.popularity ?? 0,
    posterPath: orNull(film.poster_path),
  };
}

/** A film of a list: without people and keywords. */
const toListedMovie = (film: Listed): Movie => ({
  ...toCandidate(film),
  genres: (film.genre_ids ?? []).flatMap((id) => genreNames[id] ?? []),
  keywords: [],
  cast: [],
  directors: [],
  runtimeMinutes: null,
});

export const toMovie = (film: DetailsAnswer): Movie => ({
  ...toCandidate(film),
  genres: unique(film.genres),
  keywords: unique((film.keywords?.keywords ?? []).map(({ name }) => name)),
  cast: unique(
    (film.credits?.cast ?? [])
      .toSorted((one, other) => (one.order ?? Infinity) - (other.order ?? Infinity))
      .map(({ name }) => name),
  ).slice(0, castKept),
  directors: unique((film.credits?.crew ?? []).filter(({ job }) => job === 'Director').map(({ name }) => name)),
  runtimeMinutes: film.runtime === null || film.runtime === undefined || film.runtime === 0 ? null : film.runtime,
});

/** Recommended, then similar films, without doubles (page borders repeat items) and without the film itself. */
export function toRelated(film: DetailsAnswer): Movie[] {
  const related = new Map<number, Movie>();
  for (const other of [...(film.recommendations?.results ?? []), ...(film.similar?.results ?? [])]) {
    if (other.id !== film.id && !related.has(other.id) && other.adult !== true)
      related.set(other.id, toListedMovie(other));
  }
  return [...related.values()];
}

export function toCandidates(films: readonly Listed[]): MovieCandidate[] {
  const candidates = new Map<number, MovieCandidate>();
  for (const film of films) {
    // include_adult=false lets some through. Source: reports of clients.
    if (!candidates.has(film.id) && film.adult !== true) candidates.set(film.id, toCandidate(film));
  }
  return [...candidates.values()];
}

const orNull = (value: string | null | undefined): string | null =>
  value === undefined || value === '' ? null : value;
const unique = (values: readonly string[]): string[] => [...new Set(values)];
