import type { SandboxFilm } from '../film.js';
import type { FilmCatalogue } from '../film-catalogue.js';
import { makePosts } from './make-posts.js';
import { makeRetweets } from './make-retweets.js';
import { filmsOf } from './post-id.js';
import type { SandboxPost } from './sandbox-post.js';

/** Films whose posts are kept after they were made. */
const mostKept = 500;
/** A word of many titles brings the posts about this many films. */
const mostFilms = 200;

export interface ShelfOptions {
  readonly films: FilmCatalogue;
  readonly seed: number;
  readonly retweets: boolean;
}

/** The posts of all films, made when they are first asked for. */
export class PostShelf {
  readonly #options: ShelfOptions;
  readonly #startedAtMs = Date.now();
  readonly #made = new Map<number, readonly SandboxPost[]>();

  constructor(options: ShelfOptions) {
    this.#options = options;
  }

  /** Posts about the films that a text names, or whose title holds it, newest first. */
  about(texts: readonly string[]): SandboxPost[] {
    const films = new Set(texts.flatMap((text) => this.#options.films.mentionedIn(text).slice(0, mostFilms)));
    return [...films]
      .flatMap((film) => this.#of(film))
      .sort((one, other) => other.createdAtMs - one.createdAtMs || (one.id < other.id ? 1 : -1));
  }

  /** The post that has, or had, this id. */
  find(id: string): SandboxPost | undefined {
    const canBeAbout = filmsOf(id);
    for (const film of this.#options.films.all()) {
      if (!canBeAbout(film)) continue;
      const found = this.#of(film).find(({ versions }) => versions.includes(id));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #of(film: SandboxFilm): readonly SandboxPost[] {
    const known = this.#made.get(film.tmdb_id);
    if (known !== undefined) return known;
    const { seed, retweets } = this.#options;
    const posts = makePosts(film, seed, this.#startedAtMs);
    const all = retweets ? [...posts, ...makeRetweets(posts, film, seed, this.#startedAtMs)] : posts;
    const [oldest] = this.#made.keys();
    if (this.#made.size >= mostKept && oldest !== undefined) this.#made.delete(oldest);
    this.#made.set(film.tmdb_id, all);
    return all;
  }
}
