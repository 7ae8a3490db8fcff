/** TF-IDF of genres, keywords, people and the words of the overview: what the simplest content recommender compares. */
import type { Movie } from 'reelflow';

/** By number of the term; of length 1. */
export type SparseVector = ReadonlyMap<number, number>;

export function tfIdfVectors(movies: readonly Movie[]): SparseVector[] {
  const numbers = new Map<string, number>();
  const frequency: number[] = [];
  const documents = movies.map((movie) => {
    const counts = new Map<number, number>();
    for (const term of termsOf(movie)) {
      const number = numbers.get(term) ?? numbers.size;
      numbers.set(term, number);
      counts.set(number, (counts.get(number) ?? 0) + 1);
    }
    for (const number of counts.keys()) frequency[number] = (frequency[number] ?? 0) + 1;
    return counts;
  });
  return documents.map((counts) => {
    const weighed = new Map<number, number>();
    let squares = 0;
    for (const [term, count] of counts) {
      const weight = (1 + Math.log(count)) * Math.log(movies.length / (frequency[term] ?? 1));
      weighed.set(term, weight);
      squares += weight * weight;
    }
    for (const [term, weight] of weighed) weighed.set(term, weight / (Math.sqrt(squares) || 1));
    return weighed;
  });
}

function termsOf({ genres, keywords, directors, cast, overview }: Movie): string[] {
  const named = { genre: genres, keyword: keywords, director: directors, cast };
  const terms = Object.entries(named).flatMap(([kind, values]) => values.map((value) => `${kind} ${value}`));
  return [...terms, ...(overview.toLowerCase().match(/\p{L}{3,}/gu) ?? [])];
}
