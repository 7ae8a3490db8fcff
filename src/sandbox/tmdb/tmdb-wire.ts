import type { SandboxFilm } from '../film.js';
import type { FilmCatalogue } from '../film-catalogue.js';
import { reviewsOf } from './movie-reviews.js';

/** TMDB's genre ids of films. Source: /3/genre/movie/list. */
export const genreIds: Readonly<Record<string, number>> = {
  Adventure: 12,
  Fantasy: 14,
  Animation: 16,
  Drama: 18,
  Horror: 27,
  Action: 28,
  Comedy: 35,
  History: 36,
  Western: 37,
  Thriller: 53,
  Crime: 80,
  Documentary: 99,
  'Science Fiction': 878,
  Mystery: 9648,
  Music: 10402,
  Romance: 10749,
  Family: 10751,
  War: 10752,
  'TV Movie': 10770,
};

const pageSize = 20;

export interface Page {
  readonly page: number;
  readonly results: readonly object[];
  readonly total_pages: number;
  readonly total_results: number;
}

export function pageOf(films: readonly SandboxFilm[], page: number): Page {
  return {
    page,
    results: films.slice((page - 1) * pageSize, page * pageSize).map(listed),
    total_pages: Math.max(1, Math.ceil(films.length / pageSize)),
    total_results: films.length,
  };
}

const common = (film: SandboxFilm) => ({
  adult: false,
  backdrop_path: null,
  id: film.tmdb_id,
  original_language: film.original_language ?? 'xx',
  original_title: film.original_title ?? film.title,
  overview: film.overview ?? '',
  popularity: film.popularity ?? 0,
  poster_path: null,
  release_date: film.release_date ?? '',
  title: film.title,
  video: false,
  vote_average: film.vote_average,
  vote_count: film.vote_count,
});

const listed = (film: SandboxFilm) => ({
  ...common(film),
  genre_ids: film.genres.flatMap((genre) => genreIds[genre] ?? []),
});

export const details = (film: SandboxFilm) => ({
  ...common(film),
  belongs_to_collection: null,
  budget: 0,
  genres: film.genres.map((name) => ({ id: genreIds[name] ?? 0, name })),
  homepage: '',
  imdb_id: null,
  origin_country: [],
  production_companies: [],
  production_countries: [],
  revenue: 0,
  runtime: film.runtime ?? 0,
  spoken_languages: [],
  status: 'Released',
  tagline: '',
});

const person = (name: string) => ({
  adult: false,
  gender: 0,
  id: idOf(name),
  name,
  original_name: name,
  popularity: 1,
  profile_path: null,
  credit_id: idOf(name).toString(16).padStart(24, '0'),
});

type MakePart = (film: SandboxFilm, films: FilmCatalogue, page: number) => object;

/** A part that `append_to_response` adds, as its own path gives it, but for the id. */
export const partNamed = (name: string): MakePart | undefined => (Object.hasOwn(parts, name) ? parts[name] : undefined);

const parts: Readonly<Record<string, MakePart>> = {
  credits: (film) => ({
    cast: film.cast.map((name, order) => ({
      ...person(name),
      known_for_department: 'Acting',
      cast_id: order,
      character: '',
      order,
    })),
    crew: film.directors.map((name) => ({
      ...person(name),
      known_for_department: 'Directing',
      department: 'Directing',
      job: 'Director',
    })),
  }),
  keywords: (film) => ({ keywords: film.keywords.map((name) => ({ id: idOf(name), name })) }),
  recommendations: (film, films, page) => {
    const found = pageOf(repeatingBorders(films.related(film)), page);
    return { ...found, results: found.results.map((item) => ({ ...item, media_type: 'movie' })) };
  },
  similar: (film, films, page) => pageOf(films.related(film).slice(pageSize / 2), page),
  reviews: (film, _films, page) => {
    const results = reviewsOf(film);
    return { page, results: page === 1 ? results : [], total_pages: 1, total_results: results.length };
  },
};

/** The last film of a page comes again as the first of the next one. Source: reports of clients. */
const repeatingBorders = (films: readonly SandboxFilm[]): SandboxFilm[] => {
  const last = films[pageSize - 1];
  return last === undefined || films.length === pageSize
    ? [...films]
    : [...films.slice(0, pageSize), last, ...films.slice(pageSize)];
};

/** A number for a name, the same each time. */
function idOf(name: string): number {
  let hash = 17;
  for (const letter of name) hash = (Math.imul(hash, 31) + (letter.codePointAt(0) ?? 0)) >>> 0;
  return (hash % 9_000_000) + 1;
}
