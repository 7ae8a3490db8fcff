import type { SandboxFilm } from '../film.js';
import { authorOf } from './author.js';
import { fill, pick } from './fill.js';
import { english } from './phrases.js';
import { postId } from './post-id.js';
import type { SandboxPost } from './sandbox-post.js';
import { spam } from './spam.js';

export interface OddityContext {
  readonly film: SandboxFilm;
  readonly index: number;
  /** The posts before it, which it can answer. */
  readonly older: readonly SandboxPost[];
  readonly random: () => number;
}

type Oddity = (post: SandboxPost, context: OddityContext) => SandboxPost;

/** Cut at 280 by X, so surely above. */
const longFrom = 320;
/** An edit comes within the hour. */
const editableMs = 3_600_000;
/** Talk is about what is new. */
const mostBack = 10;

const asSpam: Oddity = (post, { film, random }) => ({
  ...post,
  text: fill(pick(spam, random), film, random),
  lang: 'en',
  feeling: 'neutral',
  isSpam: true,
});

const asReply: Oddity = (post, { older, random }) => {
  const answered = oneOf(older, random);
  if (answered === undefined) return post;
  const { id, authorId } = answered;
  return {
    ...post,
    text: `@${authorOf(authorId).username} ${post.text}`,
    reference: { kind: 'reply', id, authorId },
  };
};

const asQuote: Oddity = (post, { older, random }) => {
  const quoted = oneOf(older, random);
  if (quoted === undefined) return post;
  const { id, authorId } = quoted;
  return {
    ...post,
    text: `${post.text} https://t.co/${BigInt(id).toString(36).slice(-10)}`,
    reference: { kind: 'quote', id, authorId },
  };
};

/** One opinion at length; only English has sentences enough. */
const asLong: Oddity = (post, { film, random }) => {
  if (post.lang !== 'en' || post.feeling === 'neutral') return post;
  let { text } = post;
  while ([...text].length < longFrom) text += ` ${fill(pick(english[post.feeling], random), film, random)}`;
  return { ...post, text };
};

const asEdited: Oddity = (post, { film, index, random }) => {
  const firstAtMs = post.createdAtMs - 1 - Math.floor(random() * (editableMs - 1));
  return { ...post, versions: [postId(film, index, firstAtMs), post.id] };
};

/** Each with its share of all posts; most are plain. */
const oddities: ReadonlyArray<readonly [share: number, Oddity]> = [
  [0.04, asSpam],
  [0.05, asReply],
  [0.03, asQuote],
  [0.05, asLong],
  [0.03, asEdited],
  [0.03, (post) => ({ ...post, isAuthorGone: true })],
  [0.02, (post) => ({ ...post, isBare: true })],
];

/** The post, or an odd one in its place: at most one oddity each. */
export function withOddity(post: SandboxPost, context: OddityContext): SandboxPost {
  let left = context.random();
  for (const [share, oddity] of oddities) {
    if (left < share) return oddity(post, context);
    left -= share;
  }
  return post;
}

const oneOf = (posts: readonly SandboxPost[], random: () => number): SandboxPost | undefined =>
  posts[Math.floor(random() * Math.min(mostBack, posts.length))];
