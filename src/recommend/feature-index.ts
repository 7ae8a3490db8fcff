import type { Movie } from '../domain/movie.js';
import { type FeatureKind, type Features, featureKinds, featuresOf } from './features.js';
import { monthOf, qualityOf } from './film-facts.js';

const firstCapacity = 1024;
/** Added to the films in counting rarity, so that what both of two films have is not common yet. */
const imaginedFilms = 100;

/**
 * The films by slot, numbers from 0 up: which of them have a feature, and columns of what is asked of each of them for
 * every recommendation. Nothing that is read here depends on the order in which films came, but the slots themselves.
 */
export class FeatureIndex {
  readonly #slots = new Map<number, number>();
  readonly #movies: Movie[] = [];
  readonly #series: string[] = [];
  readonly #postings = forEachKind(() => new Map<string, number[]>());
  #columns = makeColumns(firstCapacity);

  get size(): number {
    return this.#movies.length;
  }

  slotOf(tmdbId: number): number | undefined {
    return this.#slots.get(tmdbId);
  }

  movieAt(slot: number): Movie | undefined {
    return this.#movies[slot];
  }

  movie(tmdbId: number): Movie | undefined {
    return this.movieAt(this.#slots.get(tmdbId) ?? -1);
  }

  /** What the titles of its series have in common, or ''. */
  seriesAt(slot: number): string {
    return this.#series[slot] ?? '';
  }

  /** Release months, -1 where unknown; the columns are longer than `size`. */
  get months(): Int16Array {
    return this.#columns.months;
  }

  get qualities(): Float32Array {
    return this.#columns.qualities;
  }

  /** 1 / √(how many features of the kind the film has). */
  rootsOf(kind: FeatureKind): Float32Array {
    return this.#columns.roots[kind];
  }

  /** The slots that have a feature, in no order. */
  postingsOf(kind: FeatureKind, key: string): readonly number[] {
    return this.#postings[kind].get(key) ?? [];
  }

  /** Near 0 for a feature that all films have, near 1 for one that a single film has. */
  rarityOf(kind: FeatureKind, key: string): number {
    const films = this.#movies.length + imaginedFilms;
    const having = Math.max(1, this.postingsOf(kind, key).length);
    return Math.log(films / having) / Math.log(films);
  }

  /** Adds a film, or replaces the one with its id; of a film that is replaced only what differs is touched. */
  add(movie: Movie): void {
    const known = this.#slots.get(movie.tmdbId);
    const before = known === undefined ? undefined : this.#movies[known];
    if (before === movie) return;
    const slot = known ?? this.#movies.length;
    if (slot === this.#columns.months.length) this.#columns = grown(this.#columns);
    this.#slots.set(movie.tmdbId, slot);
    this.#movies[slot] = movie;
    const features = featuresOf(movie);
    this.#series[slot] = features.series.keys().next().value ?? '';
    this.#repost(slot, before === undefined ? undefined : featuresOf(before), features);
    this.#columns.months[slot] = monthOf(movie);
    this.#columns.qualities[slot] = qualityOf(movie);
    for (const kind of featureKinds) this.#columns.roots[kind][slot] = 1 / Math.sqrt(Math.max(1, features[kind].size));
  }

  /** The last film takes its slot. @returns whether there was one */
  remove(tmdbId: number): boolean {
    const slot = this.#slots.get(tmdbId);
    const film = this.#movies[slot ?? -1];
    const last = this.#movies.at(-1);
    if (slot === undefined || film === undefined || last === undefined) return false;
    this.#slots.delete(tmdbId);
    this.#repost(slot, featuresOf(film), undefined);
    const from = this.#movies.length - 1;
    if (slot !== from) this.#move(last, from, slot);
    this.#movies.length = from;
    this.#series.length = from;
    return true;
  }

  #move(film: Movie, from: number, to: number): void {
    const features = featuresOf(film);
    this.#repost(from, features, undefined);
    this.#repost(to, undefined, features);
    this.#slots.set(film.tmdbId, to);
    this.#movies[to] = film;
    this.#series[to] = this.#series[from] ?? '';
    const { months, qualities, roots } = this.#columns;
    for (const column of [months, qualities, ...Object.values(roots)]) column.copyWithin(to, from, from + 1);
  }

  #repost(slot: number, before: Features | undefined, after: Features | undefined): void {
    for (const kind of featureKinds) {
      const postings = this.#postings[kind];
      for (const key of before?.[kind].keys() ?? []) if (!after?.[kind].has(key)) withdraw(postings, key, slot);
      for (const key of after?.[kind].keys() ?? []) {
        if (before?.[kind].has(key)) continue;
        const slots = postings.get(key);
        if (slots === undefined) postings.set(key, [slot]);
        else slots.push(slot);
      }
    }
  }
}

function withdraw(postings: Map<string, number[]>, key: string, slot: number): void {
  const slots = postings.get(key) ?? [];
  const last = slots.pop();
  const at = slots.indexOf(slot);
  if (last !== undefined && at >= 0) slots[at] = last;
  if (slots.length === 0) postings.delete(key);
}

interface Columns {
  readonly months: Int16Array;
  readonly qualities: Float32Array;
  readonly roots: Readonly<Record<FeatureKind, Float32Array>>;
}

const makeColumns = (capacity: number): Columns => ({
  months: new Int16Array(capacity),
  qualities: new Float32Array(capacity),
  roots: forEachKind(() => new Float32Array(capacity)),
});

function grown({ months, qualities, roots }: Columns): Columns {
  const larger = makeColumns(months.length * 2);
  larger.months.set(months);
  larger.qualities.set(qualities);
  for (const kind of featureKinds) larger.roots[kind].set(roots[kind]);
  return larger;
}

const forEachKind = <T>(make: () => T): Record<FeatureKind, T> => ({
  genre: make(),
  keyword: make(),
  director: make(),
  cast: make(),
  language: make(),
  series: make(),
});
