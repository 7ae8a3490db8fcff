import type { Feeling } from './phrases.js';

/** A post of the sandbox, with the feeling it was made from. */
export interface SandboxPost {
  readonly id: string;
  /** The whole text, unescaped; X cuts a long one and escapes it. */
  readonly text: string;
  readonly lang: string;
  readonly authorId: string;
  readonly createdAtMs: number;
  readonly likes: number;
  readonly reposts: number;
  readonly replies: number;
  readonly feeling: Feeling;
  /** The ids of all its versions, oldest first; the last is `id`. */
  readonly versions: readonly string[];
  /** The post that it answers, quotes or repeats. */
  readonly reference: PostReference | null;
  readonly isSpam: boolean;
  /** Its author cannot be looked up any more. */
  readonly isAuthorGone: boolean;
  /** It has no language, time and counts to show. */
  readonly isBare: boolean;
}

export interface PostReference {
  readonly kind: 'reply' | 'quote' | 'retweet';
  readonly id: string;
  readonly authorId: string;
}
