/** Cross-validation over people: each fold's people are asked about, the others are known. */
import type { Person } from './reference-data.ts';

/** One question: what else does somebody like who likes the seed? */
interface Case {
  readonly person: number;
  readonly seed: number;
  readonly relevant: ReadonlySet<number>;
}

export interface Fold {
  readonly known: readonly Person[];
  readonly cases: readonly Case[];
}

export interface FoldOptions {
  readonly folds: number;
  /** Of these the first so many are evaluated. */
  readonly evaluated: number;
  readonly mostPeople: number;
  readonly mostSeeds: number;
}

/** Mulberry32. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function shuffled<T>(values: readonly T[], random: () => number): T[] {
  const copy = [...values];
  for (let at = copy.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    const [one, two] = [copy[at], copy[other]];
    if (one !== undefined && two !== undefined) [copy[at], copy[other]] = [two, one];
  }
  return copy;
}

export function foldsOf(people: readonly Person[], options: FoldOptions): Fold[] {
  const random = seeded(20_240_607);
  const inOrder = shuffled(people, random);
  return Array.from({ length: options.evaluated }, (_, fold) => {
    const asked = inOrder.filter((_, at) => at % options.folds === fold).filter(({ likes }) => likes.length >= 2);
    const cases = asked.slice(0, options.mostPeople).flatMap(({ likes }, person) =>
      shuffled(likes, random)
        .slice(0, options.mostSeeds)
        .map((seed) => ({ person, seed, relevant: new Set(likes.filter((film) => film !== seed)) })),
    );
    return { known: inOrder.filter((_, at) => at % options.folds !== fold), cases };
  });
}
