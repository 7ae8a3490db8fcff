import type { SandboxFilm } from '../film.js';

const epochMs = 1_288_834_974_657n;
/** Ids carry their time above these bits. */
const timeShift = 22n;
const lowIds = 2 ** 22;

/** The most posts of a film. */
export const mostPosts = 150;

/** The id of a film's post: a number of 19 digits as X makes them, the time in its upper bits. */
export const postId = (film: SandboxFilm, index: number, atMs: number): string =>
  String(((BigInt(atMs) - epochMs) << timeShift) | BigInt(firstLowId(film) + (index % lowIds)));

/** When an id was made. */
export const momentOfId = (id: string): number => Number((BigInt(id) >> timeShift) + epochMs);

/** Tells which films a post with this id can be about. */
export function filmsOf(id: string): (film: SandboxFilm) => boolean {
  const low = Number(BigInt(id) & BigInt(lowIds - 1));
  return (film) => (low - firstLowId(film) + lowIds) % lowIds < mostPosts;
}

const firstLowId = ({ tmdb_id }: SandboxFilm): number => (tmdb_id * (mostPosts + 1)) % lowIds;
