/** What the library's recommender is compared with, each in the simplest form that is known to work. */
import type { Movie } from 'reelflow';
import type { Fold } from './folds.ts';
import type { Lists } from './measures.ts';
import type { SparseVector } from './tf-idf-vectors.ts';

const listed = 20;
const shrinkage = 10;

/** The films that most people like, whatever the seed. */
export function popularity(movies: readonly Movie[], { known }: Fold): Lists {
  const counts = new Float64Array(movies.length);
  for (const { likes } of known) for (const film of likes) counts[film] = (counts[film] ?? 0) + 1;
  return (seed) => best(counts, seed);
}

/** Cosine of TF-IDF vectors against every film, alone or times the logarithm of the votes. */
export function tfIdf(movies: readonly Movie[], vectors: readonly SparseVector[], byVotes: boolean): Lists {
  const postings = new Map<number, { films: number[]; weights: number[] }>();
  for (const [film, vector] of vectors.entries()) {
    for (const [term, weight] of vector) {
      const posting = postings.get(term) ?? { films: [], weights: [] };
      postings.set(term, posting);
      posting.films.push(film);
      posting.weights.push(weight);
    }
  }
  const votes = movies.map(({ voteCount }) => (byVotes ? Math.log1p(voteCount) : 1));
  return (seed) => {
    const scores = new Float64Array(movies.length);
    for (const [term, weight] of vectors[seed] ?? []) {
      const { films, weights } = postings.get(term) ?? { films: [], weights: [] };
      for (let at = 0; at < films.length; at += 1) {
        const film = films[at] ?? 0;
        scores[film] = (scores[film] ?? 0) + weight * (weights[at] ?? 0);
      }
    }
    for (let film = 0; film < scores.length; film += 1) scores[film] = (scores[film] ?? 0) * (votes[film] ?? 1);
    return best(scores, seed);
  };
}

/** Item to item: the cosine of who likes both, drawn towards 0 where few do. */
export function itemNeighbours(movies: readonly Movie[], { known }: Fold): Lists {
  const likers = new Map<number, number[]>();
  for (const [person, { likes }] of known.entries()) {
    for (const film of likes) {
      const people = likers.get(film) ?? [];
      likers.set(film, people);
      people.push(person);
    }
  }
  return (seed) => {
    const scores = new Float64Array(movies.length);
    const own = likers.get(seed) ?? [];
    for (const person of own) for (const film of known[person]?.likes ?? []) scores[film] = (scores[film] ?? 0) + 1;
    for (const [film, count] of scores.entries()) {
      if (count === 0) continue;
      const cosine = count / Math.sqrt(own.length * (likers.get(film)?.length ?? 1));
      scores[film] = cosine * (count / (count + shrinkage));
    }
    return best(scores, seed);
  };
}

function best(scores: Float64Array, seed: number): number[] {
  const films: number[] = [];
  for (let film = 0; film < scores.length; film += 1) {
    const score = scores[film] ?? 0;
    const last = films.length < listed ? 0 : (scores[films.at(-1) ?? 0] ?? 0);
    if (film === seed || score <= last) continue;
    let at = films.length;
    while (at > 0 && (scores[films[at - 1] ?? 0] ?? 0) < score) at -= 1;
    films.splice(at, 0, film);
    if (films.length > listed) films.pop();
  }
  return films;
}
