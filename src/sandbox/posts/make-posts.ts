import type { SandboxFilm } from '../film.js';
import { seededRandom } from '../random.js';
import { fill, pick } from './fill.js';
import { withOddity } from './oddities.js';
import { english, type Feeling, hindi, mixed, type Phrases, telugu } from './phrases.js';
import { mostPosts, postId } from './post-id.js';
import type { SandboxPost } from './sandbox-post.js';

const reachMs = 6.5 * 86_400_000; // recent search reaches back seven days
const youngestMs = 60_000;

/** Posts about a film, newest first: the same texts for the same seed, spread over the days before `nowMs`. No retweets. */
export function makePosts(film: SandboxFilm, seed: number, nowMs: number): SandboxPost[] {
  const random = seededRandom(seed * 7919 + film.tmdb_id);
  const count = Math.round(Math.min(mostPosts, Math.max(8, 25 * Math.log10(1 + film.vote_count) + 20 * random())));
  const offsets = Array.from({ length: count }, () => youngestMs + random() * (reachMs - youngestMs)).sort(
    (one, other) => one - other,
  );
  const plain = offsets.map((offsetMs, index) => makePost(film, random, Math.round(nowMs - offsetMs), index));
  const chance = seededRandom(seed * 104_729 + film.tmdb_id);
  return plain.map((post, index) => withOddity(post, { film, index, older: plain.slice(index + 1), random: chance }));
}

function makePost(film: SandboxFilm, random: () => number, createdAtMs: number, index: number): SandboxPost {
  const feeling = feelingFor(film, random());
  const { phrases, lang } = languageFor(film, random());
  const text = fill(pick(phrases[feeling], random), film, random);
  const likes = Math.floor(random() ** 4 * 2000);
  const id = postId(film, index, createdAtMs);
  return {
    id,
    text,
    lang,
    authorId: String(1_000_000_000 + Math.floor(random() * 900_000_000)),
    createdAtMs,
    likes,
    reposts: Math.floor(likes * random() * 0.2),
    replies: Math.floor(likes * random() * 0.1),
    feeling,
    versions: [id],
    reference: null,
    isSpam: false,
    isAuthorGone: false,
    isBare: false,
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
