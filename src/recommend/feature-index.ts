import { type Movie, releaseYear } from '../domain/movie.js';

type FeatureKind = 'genre' | 'keyword' | 'director' | 'cast' | 'language' | 'decade';

/** Something that films have in common, such as a genre. */
export interface Feature {
  readonly kind: FeatureKind;
  readonly value: string;
}

interface Posting {
  readonly feature: Feature;
  readonly films: Set<number>;
}

/** Features that so many films share say little and cost much: language and decade of a large catalogue. */
const mostCommon = 4000;

/** Which films have which features. */
export class FeatureIndex {
  readonly #movies = new Map<number, Movie>();
  readonly #postings = new Map<string, Posting>();

  get size(): number {
    return this.#movies.size;
  }

  movie(tmdbId: number): Movie | undefined {
    return this.#movies.get(tmdbId);
  }

  movies(): IterableIterator<Movie> {
    return this.#movies.values();
  }

  /** Adds a film, or replaces the one with its id. */
  add(movie: Movie): void {
    const before = this.#movies.get(movie.tmdbId);
    if (before !== undefined)
      for (const feature of featuresOf(before)) this.#posting(feature).films.delete(movie.tmdbId);
    this.#movies.set(movie.tmdbId, movie);
    for (const feature of featuresOf(movie)) this.#posting(feature).films.add(movie.tmdbId);
  }

  /** The films that share a feature, and how rare it is: about 0 for all films, 1 for one in the whole catalogue. */
  lookUp(feature: Feature): { readonly films: ReadonlySet<number>; readonly rarity: number; readonly common: boolean } {
    const films = this.#postings.get(keyOf(feature))?.films ?? new Set<number>();
    const rarity = Math.log(1 + this.#movies.size / (1 + films.size)) / Math.log(2 + this.#movies.size);
    return { films, rarity: Math.min(1, rarity), common: films.size > mostCommon };
  }

  has(tmdbId: number, feature: Feature): boolean {
    return this.#postings.get(keyOf(feature))?.films.has(tmdbId) ?? false;
  }

  #posting(feature: Feature): Posting {
    const key = keyOf(feature);
    const known = this.#postings.get(key);
    if (known !== undefined) return known;
    const posting = { feature, films: new Set<number>() };
    this.#postings.set(key, posting);
    return posting;
  }
}

export function featuresOf(movie: Movie): Feature[] {
  const year = releaseYear(movie);
  const of = (kind: FeatureKind, values: readonly string[]) => values.map((value) => ({ kind, value }));
  return [
    ...of('genre', movie.genres),
    ...of('keyword', movie.keywords),
    ...of('director', movie.directors),
    ...of('cast', movie.cast),
    ...of('language', movie.originalLanguage === null ? [] : [movie.originalLanguage]),
    ...of('decade', year === null ? [] : [`${Math.floor(year / 10) * 10}s`]),
  ];
}

/** 'S. S. Rajamouli' and 'S.S. Rajamouli' are one person. */
const keyOf = ({ kind, value }: Feature): string =>
  kind === 'director' || kind === 'cast'
    ? `person ${kind} ${value.toLowerCase().replace(/[\s.'-]+/g, '')}`
    : `${kind} ${value}`;
