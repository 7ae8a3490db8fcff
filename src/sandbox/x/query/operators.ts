import { authorOf } from '../../posts/author.js';
import type { SandboxPost } from '../../posts/sandbox-post.js';
import { findEntities } from '../entities.js';

type Test = (post: SandboxPost) => boolean;

interface Operator {
  /** Whether it may stand alone; others need a word or a phrase beside them. */
  readonly isStandalone: boolean;
  /** Whether a post fits. @returns null for a value that X does not know */
  readonly test: (value: string) => Test | null;
}

const never = () => false;
const kinds: ReadonlyMap<string, Test> = new Map<string, Test>([
  ['retweet', ({ reference }) => reference?.kind === 'retweet'],
  ['reply', ({ reference }) => reference?.kind === 'reply'],
  ['quote', ({ reference }) => reference?.kind === 'quote'],
  ['verified', never],
  ['nullcast', never],
]);
const contents: ReadonlyMap<string, Test> = new Map<string, Test>([
  ['links', ({ text }) => findEntities(text).urls.length > 0],
  ['hashtags', ({ text }) => findEntities(text).hashtags.length > 0],
  ['mentions', ({ text }) => findEntities(text).mentions.length > 0],
  ...['cashtags', 'media', 'images', 'videos', 'video_link', 'geo'].map((name) => [name, never] as const),
]);

const atLeast = (count: (post: SandboxPost) => number): Operator => ({
  isStandalone: false,
  test: (value) => (/^\d+$/.test(value) ? (post) => count(post) >= Number(value) : null),
});
const named = (value: string): string => value.replace(/^@/, '').toLowerCase();
const standalone = (test: Operator['test']): Operator => ({ isStandalone: true, test });

/** The operators of recent search. Source: X, operators. */
export const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['is', { isStandalone: false, test: (value) => kinds.get(value) ?? null }],
  ['has', { isStandalone: false, test: (value) => contents.get(value) ?? null }],
  [
    'lang',
    {
      isStandalone: false,
      test: (value) =>
        /^[a-z]{2,3}(-[A-Za-z]+)?$/.test(value) ? ({ lang, isBare }) => !isBare && lang === value : null,
    },
  ],
  ['min_likes', atLeast(({ likes }) => likes)],
  ['min_replies', atLeast(({ replies }) => replies)],
  ['min_reposts', atLeast(({ reposts }) => reposts)],
  [
    'from',
    standalone(
      (value) =>
        ({ authorId }) =>
          [authorId, authorOf(authorId).username].includes(named(value)),
    ),
  ],
  [
    'to',
    standalone(
      (value) =>
        ({ reference }) =>
          reference?.kind === 'reply' &&
          [reference.authorId, authorOf(reference.authorId).username].includes(named(value)),
    ),
  ],
  [
    'url',
    standalone(
      (value) =>
        ({ text }) =>
          findEntities(text).urls.some(({ url }) => url.includes(value)),
    ),
  ],
  [
    'conversation_id',
    standalone(
      (value) =>
        ({ id, reference }) =>
          (reference?.id ?? id) === value,
    ),
  ],
  [
    'entity',
    standalone(
      (value) =>
        ({ text }) =>
          text.toLowerCase().includes(value.toLowerCase()),
    ),
  ],
  ['context', standalone(() => never)],
]);
