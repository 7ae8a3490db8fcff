import type { SandboxFilm } from '../film.js';
import { seededRandom } from '../random.js';
import { english, type Feeling, hindi, mixed, type Phrases, parts, telugu } from './phrases.js';

/** A post of the sandbox, with the feeling it was made from. */
export interface SandboxPost {
  readonly id: string;
  readonly text: string;
  readonly lang: string;
  readonly authorId: string;
  readonly createdAtMs: number;
  readonly likes: number;
  readonly reposts: number;
  readonly replies: number;
  readonly feeling: Feeling;
}

const weekMs = 6.5 * 86_400_000; // recent search reaches back seven days
const snowflakeEpochMs = 1_288_834_974_657n;

/** Posts about a film, newest first: the same texts for the same seed, spread over the days before `nowMs`. */
export function makePosts(film: SandboxFilm, seed: number, nowMs: number): SandboxPost[] {
  const random = seededRandom(seed * 7919 + film.tmdb_id);
  const count = Math.round(Math.min(150, Math.max(8, 25 * Math.log10(1 + film.vote_count) + 20 * random())));
  const offsets = Array.from({ length: count }, () => 60_000 + random() * (weekMs - 60_000)).sort(
    (one, other) => one - other,
  );
  return offsets.map((offsetMs, index) => makePost(film, random, Math.round(nowMs - offsetMs), index));
}

function makePost(film: SandboxFilm, random: () => number, createdAtMs: number, index: number): SandboxPost {
  const feeling = feelingFor(film, random());
  const { phrases, lang } = languageFor(film, random());
  const text = fill(pick(phrases[feeling], random), film, random);
  const likes = Math.floor(random() ** 4 * 2000);
  return {
    id: String(((BigInt(createdAtMs) - snowflakeEpochMs) << 22n) | BigInt((film.tmdb_id * 151 + index) % 4_194_304)),
    text,
    lang,
    authorId: String(1_000_000_000 + Math.floor(random() * 900_000_000)),
    createdAtMs,
    likes,
    reposts: Math.floor(likes * random() * 0.2),
    replies: Math.floor(likes * random() * 0.1),
    feeling,
  };
}

/** The better the film's rating, the more of its posts are glad. */
function feelingFor({ vote_average }: SandboxFilm, chance: number): Feeling {
  const glad = Math.min(0.75, Math.max(0.15, (vote_average - 4) / 5.5));
  if (chance < 0.2) return 'neutral';
  return chance < 0.2 + 0.8 * glad ? 'positive' : 'negative';
}

function languageFor({ original_language }: SandboxFilm, chance: number): { phrases: Phrases; lang: string } {
  const home = original_language === 'te' ? { phrases: telugu, lang: 'te' } : { phrases: hindi, lang: 'hi' };
  const isIndian = ['te', 'hi', 'ta', 'ml'].includes(original_language ?? '');
  const [own, blended] = isIndian ? [0.2, 0.4] : [0.03, 0.06];
  if (chance < own) return home;
  if (chance < blended) return { phrases: mixed, lang: home.lang };
  return { phrases: english, lang: 'en' };
}

const fill = (phrase: string, film: SandboxFilm, random: () => number): string =>
  phrase
    .replaceAll('{t}', film.title)
    .replaceAll('{a}', film.cast.length > 0 ? pick(film.cast, random) : 'the lead')
    .replaceAll('{d}', film.directors[0] ?? 'the director')
    .replaceAll('{s}', pick(parts, random));

function pick(list: readonly string[], random: () => number): string {
  return list[Math.floor(random() * list.length)] ?? '';
}
