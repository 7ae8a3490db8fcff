/** A film as the library knows it. Unknown texts are '', unknown numbers 0, unknown lists [], or null where typed so. */
export interface Movie {
  readonly tmdbId: number;
  readonly title: string;
  readonly originalTitle: string;
  /** ISO 639-1. */
  readonly originalLanguage: string | null;
  /** YYYY-MM-DD. */
  readonly releaseDate: string | null;
  readonly genres: readonly string[];
  readonly keywords: readonly string[];
  readonly cast: readonly string[];
  readonly directors: readonly string[];
  readonly overview: string;
  /** 0 to 10. */
  readonly rating: number;
  readonly voteCount: number;
  readonly popularity: number;
  readonly runtimeMinutes: number | null;
  /** As the provider gives it, with a leading `/`; a base URL goes before it. */
  readonly posterPath: string | null;
}

/** A film as a search lists it: without genres, keywords and people. */
export interface MovieCandidate {
  readonly tmdbId: number;
  readonly title: string;
  readonly originalTitle: string;
  readonly originalLanguage: string | null;
  readonly releaseDate: string | null;
  readonly overview: string;
  readonly rating: number;
  readonly voteCount: number;
  readonly popularity: number;
  readonly posterPath: string | null;
}

/** What a search would list of a film. */
export const toCandidate = (movie: MovieCandidate): MovieCandidate => ({
  tmdbId: movie.tmdbId,
  title: movie.title,
  originalTitle: movie.originalTitle,
  originalLanguage: movie.originalLanguage,
  releaseDate: movie.releaseDate,
  overview: movie.overview,
  rating: movie.rating,
  voteCount: movie.voteCount,
  popularity: movie.popularity,
  posterPath: movie.posterPath,
});

export interface MovieDetails {
  readonly movie: Movie;
  /** The provider's recommended films, then the similar ones, without doubles; people and keywords may be empty. */
  readonly related: readonly Movie[];
}

/** The year of a film's release, or null when it has no date. */
export const releaseYear = ({ releaseDate }: Pick<Movie, 'releaseDate'>): number | null =>
  releaseDate === null ? null : Number(releaseDate.slice(0, 4));
