import { ReelflowError } from '../errors/reelflow-error.js';

export interface Like {
  readonly userId: string;
  readonly tmdbId: number;
  /** 0.5 to 5; a like from 4 up. Absent: a like. */
  readonly rating?: number | undefined;
}

/** What the likes say about one film. */
export interface Ties {
  /** 0 when nobody is known to like the film, towards 1 the more do. */
  readonly known: number;
  /** What remains of quality beside those likes, 1 to 0: whom many like needs no votes to be found. */
  readonly unknown: number;
  /** By tmdbId: how often it is liked by the same people, 1 for the film most so. */
  readonly strengths: ReadonlyMap<number, number>;
}

const likedFrom = 4;
/** Pairs seen by few people are drawn towards 0 by this many imagined others. */
const shrinkage = 12;
/** Likes of a person at which each counts half: whoever likes everything says little. */
const manyLikes = 20;
const mostPerUser = 500;
const unit = 2 ** 20;
/** Of more people than this who like a film, so many are asked. */
const mostAsked = 2000;
const halfKnown = 3;
const halfUnknown = 0.25;
/** Ties of one film that are kept, the strongest. */
const mostTies = 500;

const none: Ties = { known: 0, unknown: 1, strengths: new Map() };

interface Person {
  readonly films: Set<number>;
  readonly chance: number;
}

/** Which films are liked by the same people: co-occurrence as a shrunk cosine, counted when it is asked for. */
export class LikedTogether {
  readonly #people = new Map<string, Person>();
  readonly #likers = new Map<number, Set<Person>>();

  /** @throws INVALID_INPUT for a like without user or film, or with a rating outside 0.5 to 5; those before it are learned */
  learn(likes: Iterable<Like>): void {
    for (const like of likes) {
      const { userId, tmdbId, rating } = checked(like);
      if (rating !== undefined && rating < likedFrom) this.#forget(userId, tmdbId);
      else this.#add(userId, tmdbId);
    }
  }

  tiesOf(seed: number): Ties {
    const likers = this.#likers.get(seed);
    if (likers === undefined || likers.size === 0) return none;
    const together = this.#countTogether(likers);
    together.delete(seed);
    const ties: Array<[tmdbId: number, strength: number]> = [];
    for (const [film, count] of together) {
      const others = this.#likers.get(film)?.size ?? 1;
      const cosine = count / Math.sqrt(likers.size * others);
      ties.push([film, cosine * (count / (count + shrinkage))]);
    }
    ties.sort(([film, strength], [otherFilm, otherStrength]) => otherStrength - strength || film - otherFilm);
    const strongest = ties[0]?.[1] ?? 1;
    return {
      known: likers.size / (likers.size + halfKnown),
      unknown: halfUnknown / (likers.size + halfUnknown),
      strengths: new Map(ties.slice(0, mostTies).map(([film, strength]) => [film, strength / strongest])),
    };
  }

  #countTogether(likers: ReadonlySet<Person>): Map<number, number> {
    const together = new Map<number, number>();
    const asked = Math.min(1, mostAsked / likers.size);
    for (const { films, chance } of likers) {
      if (chance >= asked) continue;
      const weight = Math.round(unit / (1 + films.size / manyLikes)); // whole numbers: their sum is the same in any order
      for (const film of films) together.set(film, (together.get(film) ?? 0) + weight);
    }
    for (const [film, sum] of together) together.set(film, sum / unit / asked);
    return together;
  }

  #add(userId: string, tmdbId: number): void {
    const person = this.#people.get(userId) ?? { films: new Set(), chance: chanceOf(userId) };
    this.#people.set(userId, person);
    if (person.films.has(tmdbId)) return;
    if (person.films.size >= mostPerUser) {
      const last = [...person.films].reduce((one, other) => (comesBefore(one, other) ? other : one));
      if (comesBefore(last, tmdbId)) return;
      this.#forget(userId, last);
    }
    person.films.add(tmdbId);
    this.#likers.set(tmdbId, (this.#likers.get(tmdbId) ?? new Set()).add(person));
  }

  /** A later rating below a like takes the like back. */
  #forget(userId: string, tmdbId: number): void {
    const person = this.#people.get(userId);
    if (person === undefined || !person.films.delete(tmdbId)) return;
    const likers = this.#likers.get(tmdbId);
    likers?.delete(person);
    if (likers?.size === 0) this.#likers.delete(tmdbId);
  }
}

/** Which likes of a person with too many are kept: by chance, but not by the order in which they came. */
const comesBefore = (one: number, other: number): boolean => chanceOf(String(one)) < chanceOf(String(other));

/** The same number from 0 to 1 for the same text, in every process (FNV-1a, then mixed). */
function chanceOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

function checked(like: Like): Like {
  if (typeof like !== 'object' || like === null) fail(`it must be an object, got ${String(like)}`);
  const { userId, tmdbId, rating } = like;
  if (typeof userId !== 'string' || userId === '') fail('userId must be a text that is not empty');
  if (!Number.isSafeInteger(tmdbId)) fail(`tmdbId must be a whole number, got ${tmdbId}`);
  if (rating !== undefined && !(rating >= 0.5 && rating <= 5)) fail(`rating must be from 0.5 to 5, got ${rating}`);
  return like;
}

function fail(message: string): never {
  throw new ReelflowError('INVALID_INPUT', `a like cannot be learned: ${message}`);
}
