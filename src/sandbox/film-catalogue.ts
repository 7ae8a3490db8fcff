import { foldTitle } from '../domain/fold-title.js';
import type { SandboxFilm } from './film.js';

const mostRelated = 20;
/** A feature that more films share is no tie between them. */
const mostSharing = 2000;

/** A keyword or a person in common says more than a genre. */
const personWorth = 3;

interface Entry {
  readonly film: SandboxFilm;
  readonly titles: readonly string[];
}

/** The films, found by title as TMDB does, and by what they have in common. */
export class FilmCatalogue {
  readonly #entries = new Map<number, Entry>();
  readonly #byWord = new Map<string, Set<number>>();
  readonly #byFeature = new Map<string, number[]>();

  constructor(films: readonly SandboxFilm[]) {
    for (const film of films) {
      const titles = [...new Set([film.title, film.original_title ?? ''].map(foldTitle))].filter(
        (title) => title !== '',
      );
      this.#entries.set(film.tmdb_id, { film, titles });
      for (const word of new Set(titles.flatMap(wordsOf))) {
        this.#byWord.set(word, (this.#byWord.get(word) ?? new Set()).add(film.tmdb_id));
      }
      for (const feature of featuresOf(film)) {
        const sharing = this.#byFeature.get(feature) ?? [];
        sharing.push(film.tmdb_id);
        this.#byFeature.set(feature, sharing);
      }
    }
  }

  *all(): Generator<SandboxFilm> {
    for (const { film } of this.#entries.values()) yield film;
  }

  film(id: number): SandboxFilm | undefined {
    return this.#entries.get(id)?.film;
  }

  /** The same title first, then those that begin with it, then those with all its words; by votes within each. */
  search(text: string, year?: number): SandboxFilm[] {
    const wanted = foldTitle(text);
    const [first, ...rest] = wordsOf(wanted).map((word) => this.#withPrefix(word));
    if (first === undefined) return [];
    const found = [...first]
      .filter((id) => rest.every((ids) => ids.has(id)))
      .flatMap((id) => this.#entries.get(id) ?? []);
    const rank = ({ titles }: Entry) =>
      titles.includes(wanted) ? 0 : titles.some((title) => title.startsWith(`${wanted} `)) ? 1 : 2;
    return found
      .filter(({ film }) => year === undefined || Number(film.release_date?.slice(0, 4)) === year)
      .sort(
        (one, other) =>
          rank(one) - rank(other) ||
          other.film.vote_count - one.film.vote_count ||
          one.film.tmdb_id - other.film.tmdb_id,
      )
      .map(({ film }) => film);
  }

  /** Films whose title is in a text, by words. */
  mentionedIn(text: string): SandboxFilm[] {
    const folded = ` ${foldTitle(text)} `;
    const ids = new Set(wordsOf(folded).flatMap((word) => [...(this.#byWord.get(word) ?? [])]));
    return [...ids].flatMap((id) => {
      const entry = this.#entries.get(id);
      return entry?.titles.some((title) => folded.includes(` ${title} `) || ` ${title} `.includes(folded))
        ? [entry.film]
        : [];
    });
  }

  related(film: SandboxFilm): SandboxFilm[] {
    const sums = new Map<number, number>();
    for (const feature of featuresOf(film)) {
      const sharing = this.#byFeature.get(feature) ?? [];
      if (sharing.length > mostSharing) continue;
      const worth =
        (feature.startsWith('genre') || feature.startsWith('language') ? 1 : personWorth) /
        Math.log2(1 + sharing.length);
      for (const id of sharing) sums.set(id, (sums.get(id) ?? 0) + worth);
    }
    sums.delete(film.tmdb_id);
    return [...sums]
      .sort((one, other) => other[1] - one[1] || one[0] - other[0])
      .slice(0, mostRelated * 2)
      .flatMap(([id]) => this.film(id) ?? []);
  }

  #withPrefix(word: string): Set<number> {
    const exact = this.#byWord.get(word);
    if (exact !== undefined || word.length < 3) return exact ?? new Set();
    const found = new Set<number>();
    for (const [other, ids] of this.#byWord) if (other.startsWith(word)) for (const id of ids) found.add(id);
    return found;
  }
}

/** Letters written twice count once, as in 'Baahubali' and 'Bāhubali'. */
const wordsOf = (folded: string): string[] =>
  folded.split(' ').flatMap((word) => (word === '' ? [] : [word.replace(/(\p{L})\1+/gu, '$1')]));

const featuresOf = (film: SandboxFilm): string[] => [
  ...film.genres.map((genre) => `genre ${genre}`),
  ...film.keywords.map((keyword) => `keyword ${keyword}`),
  ...film.cast.map((name) => `person ${name}`),
  ...film.directors.flatMap((name) => [`person ${name}`, `director ${name}`]),
  `language ${film.original_language}`,
];
