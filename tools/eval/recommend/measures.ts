/** What is measured of the lists that a recommender gives. */
import type { Movie } from 'reelflow';
import type { Fold } from './folds.ts';

/** 20 films for a seed, best first, as places in the list of films. */
export type Lists = (seed: number) => readonly number[] | Promise<readonly number[]>;

export interface Measures {
  /** Seeds whose first ten hold at least one other film that the person likes. */
  readonly hit10: number;
  /** Found among 20, of as many as could be: the person's other likes, at most 20. */
  readonly recall20: number;
  readonly ndcg10: number;
  /** Liked films among ten. */
  readonly found10: number;
  /** Those, minus the part of all known people who like each film of the list: what popularity alone would bring. */
  readonly extra10: number;
  /** The same with that part scaled by how many films the person likes, beside the average of all. */
  readonly extraScaled10: number;
  /** Films of the ten that are not among the films which take half of all likes. */
  readonly tail10: number;
  /** Different films in all lists of ten, of the catalogue; the mean over folds. */
  readonly coverage: number;
  /** 1 minus the mean Jaccard overlap of genres of the pairs in a list of ten. */
  readonly diversity: number;
  /** Mean rank of the ten by likes: 0 the most liked film, 1 the last. */
  readonly popularityRank: number;
}

type Sums = Record<keyof Measures, number>;

export async function measure(
  movies: readonly Movie[],
  folds: readonly Fold[],
  recommenderFor: (fold: Fold) => Lists,
): Promise<Measures> {
  const sums: Sums = zero();
  let cases = 0;
  for (const fold of folds) {
    const popularity = popularityOf(movies, fold);
    const lists = recommenderFor(fold);
    const known = new Map<number, readonly number[]>();
    const seen = new Set<number>();
    for (const { seed, relevant } of fold.cases) {
      const list = known.get(seed) ?? (await lists(seed)).slice(0, 20);
      known.set(seed, list);
      add(sums, measureList(movies, list, relevant, popularity));
      for (const film of list.slice(0, 10)) seen.add(film);
      cases += 1;
    }
    sums.coverage += seen.size / movies.length / folds.length;
  }
  const coverage = sums.coverage;
  for (const name of Object.keys(sums) as Array<keyof Sums>) sums[name] /= cases;
  return { ...sums, coverage };
}

interface Popularity {
  readonly rates: Float64Array;
  readonly ranks: Int32Array;
  readonly tailFrom: number;
  readonly likesEach: number;
}

function popularityOf(movies: readonly Movie[], { known }: Fold): Popularity {
  const rates = new Float64Array(movies.length);
  for (const { likes } of known) for (const film of likes) rates[film] = (rates[film] ?? 0) + 1;
  const order = [...rates.keys()].sort((one, other) => (rates[other] ?? 0) - (rates[one] ?? 0) || one - other);
  const ranks = new Int32Array(movies.length);
  const all = rates.reduce((sum, count) => sum + count, 0);
  let [tailFrom, sofar] = [0, 0];
  for (const [rank, film] of order.entries()) {
    ranks[film] = rank;
    sofar += rates[film] ?? 0;
    if (sofar <= all / 2) tailFrom = rank + 1;
  }
  for (let film = 0; film < rates.length; film += 1) rates[film] = (rates[film] ?? 0) / known.length;
  return { rates, ranks, tailFrom, likesEach: all / known.length };
}

function measureList(
  movies: readonly Movie[],
  list: readonly number[],
  relevant: ReadonlySet<number>,
  { rates, ranks, tailFrom, likesEach }: Popularity,
): Sums {
  const ten = list.slice(0, 10);
  const hits = ten.map((film) => (relevant.has(film) ? 1 : 0));
  const found10 = hits.reduce<number>((sum, hit) => sum + hit, 0);
  const gain = (values: readonly number[]) => values.reduce((sum, value, at) => sum + value / Math.log2(at + 2), 0);
  const mean = (of: (film: number) => number) => ten.reduce((sum, film) => sum + of(film), 0) / Math.max(1, ten.length);
  const scale = relevant.size / likesEach;
  return {
    hit10: found10 > 0 ? 1 : 0,
    recall20: list.filter((film) => relevant.has(film)).length / Math.min(20, relevant.size),
    ndcg10: gain(hits) / gain(Array.from({ length: Math.min(10, relevant.size) }, () => 1)),
    found10,
    extra10: found10 - ten.reduce((sum, film) => sum + (rates[film] ?? 0), 0),
    extraScaled10: found10 - ten.reduce((sum, film) => sum + Math.min(1, (rates[film] ?? 0) * scale), 0),
    tail10: mean((film) => ((ranks[film] ?? 0) >= tailFrom ? 1 : 0)),
    coverage: 0,
    diversity: diversityOf(ten.map((film) => movies[film]?.genres ?? [])),
    popularityRank: mean((film) => (ranks[film] ?? 0) / movies.length),
  };
}

function diversityOf(genres: ReadonlyArray<readonly string[]>): number {
  let [sum, pairs] = [0, 0];
  for (const [at, one] of genres.entries()) {
    for (const other of genres.slice(at + 1)) {
      const both = one.filter((genre) => other.includes(genre)).length;
      const either = one.length + other.length - both;
      sum += either === 0 ? 1 : 1 - both / either;
      pairs += 1;
    }
  }
  return pairs === 0 ? 0 : sum / pairs;
}

const zero = (): Sums => ({
  hit10: 0,
  recall20: 0,
  ndcg10: 0,
  found10: 0,
  extra10: 0,
  extraScaled10: 0,
  tail10: 0,
  coverage: 0,
  diversity: 0,
  popularityRank: 0,
});

function add(sums: Sums, more: Sums): void {
  for (const name of Object.keys(sums) as Array<keyof Sums>) sums[name] += more[name];
}
