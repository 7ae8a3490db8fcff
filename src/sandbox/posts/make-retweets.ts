import type { SandboxFilm } from '../film.js';
import { seededRandom } from '../random.js';
import { authorOf } from './author.js';
import { postId } from './post-id.js';
import type { SandboxPost } from './sandbox-post.js';

const share = 0.1;
/** X cuts the text of a retweet, '…' included. */
const longest = 140;
const dayMs = 86_400_000;

/** Retweets of some of a film's posts, none later than `nowMs`, in no order. */
export function makeRetweets(
  posts: readonly SandboxPost[],
  film: SandboxFilm,
  seed: number,
  nowMs: number,
): SandboxPost[] {
  const random = seededRandom(seed * 15_485_863 + film.tmdb_id);
  return posts.flatMap((post, index) => {
    if (random() >= share) return [];
    const createdAtMs = Math.min(nowMs - 1, post.createdAtMs + 1000 + Math.floor(random() * dayMs));
    const id = postId(film, index, createdAtMs);
    return {
      ...post,
      id,
      text: cut(`RT @${authorOf(post.authorId).username}: ${post.text}`),
      authorId: String(2_000_000_000 + Math.floor(random() * 900_000_000)),
      createdAtMs,
      likes: 0,
      replies: 0,
      versions: [id],
      reference: { kind: 'retweet', id: post.id, authorId: post.authorId },
      isAuthorGone: false,
    };
  });
}

function cut(text: string): string {
  const letters = [...text];
  return letters.length <= longest ? text : `${letters.slice(0, longest - 1).join('')}…`;
}
