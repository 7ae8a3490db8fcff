import type { SandboxFilm } from '../film.js';
import { authorOf } from '../posts/author.js';
import { fill, pick } from '../posts/fill.js';
import { english } from '../posts/phrases.js';
import { seededRandom } from '../random.js';

const mostReviews = 3;
const firstMs = Date.UTC(2020, 0, 1);
const fiveYearsMs = 5 * 365 * 86_400_000;

/** None to three reviews of a film by users of TMDB: the same each time. */
export function reviewsOf(film: SandboxFilm): object[] {
  const random = seededRandom(film.tmdb_id);
  return Array.from({ length: Math.floor(random() * (mostReviews + 1)) }, (_, index) => {
    const isGlad = random() < (film.vote_average - 3) / 6;
    const { username } = authorOf(String(Math.floor(random() * 1e9)));
    const phrases = english[isGlad ? 'positive' : 'negative'];
    const content = [1, 2].map(() => fill(pick(phrases, random), film, random)).join('\r\n\r\n');
    const at = new Date(firstMs + Math.floor(random() * fiveYearsMs)).toISOString();
    const id = (film.tmdb_id * 4 + index).toString(16).padStart(24, '5');
    return {
      author: username,
      author_details: { name: '', username, avatar_path: null, rating: index === 2 ? null : isGlad ? 8 : 3 },
      content,
      created_at: at,
      id,
      updated_at: at,
      url: `https://www.themoviedb.org/review/${id}`,
    };
  });
}
