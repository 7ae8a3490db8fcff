import { foldTitle } from '../../domain/fold-title.js';
import type { FilmCatalogue } from '../film-catalogue.js';
import { makePosts, type SandboxPost } from './make-posts.js';

/** Films whose posts are kept after they were made. */
const mostKept = 500;

/** The posts of all films, made when they are first asked for. */
export class PostShelf {
  readonly #films: FilmCatalogue;
  readonly #seed: number;
  readonly #startedAtMs = Date.now();
  readonly #made = new Map<number, readonly SandboxPost[]>();

  constructor(films: FilmCatalogue, seed: number) {
    this.#films = films;
    this.#seed = seed;
  }

  /** Posts whose text holds the phrase, newest first; case, accents and punctuation do not matter. */
  about(phrase: string): SandboxPost[] {
    const wanted = ` ${foldTitle(phrase)} `;
    return this.#films
      .mentionedIn(phrase)
      .flatMap(({ tmdb_id }) => this.#of(tmdb_id))
      .filter(({ text }) => ` ${foldTitle(text)} `.includes(wanted))
      .sort((one, other) => other.createdAtMs - one.createdAtMs || (one.id < other.id ? 1 : -1));
  }

  #of(id: number): readonly SandboxPost[] {
    const known = this.#made.get(id);
    if (known !== undefined) return known;
    const film = this.#films.film(id);
    if (film === undefined) return [];
    const posts = makePosts(film, this.#seed, this.#startedAtMs);
    const [oldest] = this.#made.keys();
    if (this.#made.size >= mostKept && oldest !== undefined) this.#made.delete(oldest);
    this.#made.set(id, posts);
    return posts;
  }
}
