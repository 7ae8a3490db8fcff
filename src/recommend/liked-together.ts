import { ReelflowError } from '../errors/reelflow-error.js';

export interface Like {
  readonly userId: string;
  readonly tmdbId: number;
  /** 0.5 to 5; a like from 4 up. Absent: a like. */
  readonly rating?: number | undefined;
}

const likedFrom = 4;
/** Pairs seen by few people are drawn towards 0 by this many imagined others. */
const shrinkage = 10;
/** Films of one person that are counted: whoever likes everything says nothing. */
const mostPerUser = 500;

/** Which films are liked by the same people: co-occurrence as a shrunk cosine. */
export class LikedTogether {
  readonly #filmsOf = new Map<string, Set<number>>();
  readonly #usersOf = new Map<number, Set<string>>();

  get isEmpty(): boolean {
    return this.#usersOf.size === 0;
  }

  /** @throws INVALID_INPUT for a like without user or film, or with a rating outside 0.5 to 5 */
  learn(likes: Iterable<Like>): void {
    for (const { userId, tmdbId, rating } of likes) {
      if (typeof userId !== 'string' || userId === '') fail('userId must be a text that is not empty');
      if (!Number.isInteger(tmdbId)) fail(`tmdbId must be a whole number, got ${tmdbId}`);
      if (rating !== undefined && !(rating >= 0.5 && rating <= 5)) fail(`rating must be from 0.5 to 5, got ${rating}`);
      if (rating !== undefined && rating < likedFrom) this.#forget(userId, tmdbId);
      else this.#add(userId, tmdbId);
    }
  }

  /** Films liked by those who liked the seed, with the strength of the tie, 0 to 1. */
  tiesOf(seed: number): Map<number, number> {
    const users = this.#usersOf.get(seed) ?? new Set();
    const together = new Map<number, number>();
    for (const user of users) {
      for (const film of this.#filmsOf.get(user) ?? []) {
        if (film !== seed) together.set(film, (together.get(film) ?? 0) + 1);
      }
    }
    for (const [film, count] of together) {
      const others = this.#usersOf.get(film)?.size ?? 1;
      together.set(film, (count / Math.sqrt(users.size * others)) * (count / (count + shrinkage)));
    }
    return together;
  }

  #add(userId: string, tmdbId: number): void {
    const films = this.#filmsOf.get(userId) ?? new Set();
    if (films.size >= mostPerUser) return;
    this.#filmsOf.set(userId, films.add(tmdbId));
    this.#usersOf.set(tmdbId, (this.#usersOf.get(tmdbId) ?? new Set()).add(userId));
  }

  /** A later rating below a like takes the like back. */
  #forget(userId: string, tmdbId: number): void {
    this.#filmsOf.get(userId)?.delete(tmdbId);
    this.#usersOf.get(tmdbId)?.delete(userId);
  }
}

function fail(message: string): never {
  throw new ReelflowError('INVALID_INPUT', `a like cannot be learned: ${message}`);
}
