import type { ErrorCode } from '../../src/index.js';
import { sampleReview } from '../../src/testing/repository/sample-records.js';

interface Kept {
  /** Fields as they are stored. */
  readonly stored: object;
}

interface SetAside {
  readonly code: ErrorCode;
  readonly field: string | null;
}

/** A post as a client gives it, and what must become of it: stored with defaults, or quarantined. */
export type OddRecord = readonly [name: string, record: unknown, outcome: Kept | SetAside];

const post = sampleReview(1);
const kept = (stored: object): Kept => ({ stored });
const missing = (field: string | null): SetAside => ({ code: 'DATA_MISSING_FIELD', field });
const invalid = (field: string | null): SetAside => ({ code: 'DATA_INVALID_FORMAT', field });

function without(name: keyof typeof post): object {
  const { [name]: _left, ...rest } = post;
  return rest;
}

export const oddRecords: readonly OddRecord[] = [
  ['no text', without('text'), missing('text')],
  ['no date', without('createdAt'), missing('createdAt')],
  ['no author', without('authorId'), kept({ authorId: null })],
  ['no language', without('language'), kept({ language: null })],
  ['no counts', { ...post, likeCount: undefined, repostCount: null }, kept({ likeCount: 0, repostCount: 0 })],
  ['an id that is a number', { ...post, tweetId: 15 }, invalid('tweetId')],
  ['an id that is null', { ...post, tweetId: null }, missing('tweetId')],
  ['an id of blanks', { ...post, tweetId: '  ' }, missing('tweetId')],
  ['an id of 30 digits', { ...post, tweetId: '9'.repeat(30) }, kept({ tweetId: '9'.repeat(30) })],
  ['an id of 65 signs', { ...post, tweetId: '9'.repeat(65) }, invalid('tweetId')],
  ['a text that is an object', { ...post, text: { nested: true } }, invalid('text')],
  ['a text that is a list', { ...post, text: ['a', 'b'] }, invalid('text')],
  ['a text of blanks', { ...post, text: ' \n ' }, missing('text')],
  ['a text of 1 MB', { ...post, text: 'x'.repeat(1_000_000) }, invalid('text')],
  ['a text with half a character', { ...post, text: 'half \ud83d of it' }, kept({ text: 'half \ufffd of it' })],
  ['a text with control characters', { ...post, text: 'a\u0000b\u001b[31mc' }, kept({ text: 'ab[31mc' })],
  [
    'a text read in the wrong encoding',
    { ...post, text: 'à°°à°¾à°®' },
    kept({ text: 'à°°à°¾à°®'.replace(/\p{Cc}/gu, '') }),
  ],
  ['a count that is a text', { ...post, likeCount: '3' }, invalid('likeCount')],
  ['a count below zero', { ...post, likeCount: -5 }, kept({ likeCount: 0 })],
  ['a count with a fraction', { ...post, likeCount: 2.9 }, kept({ likeCount: 2 })],
  ['a count that is no number', { ...post, likeCount: Number.NaN }, invalid('likeCount')],
  ['a count beyond all', { ...post, likeCount: 1e21 }, invalid('likeCount')],
  ['a date that is none', { ...post, createdAt: 'yesterday' }, invalid('createdAt')],
  ['a day that is none', { ...post, createdAt: '2024-02-30T00:00:00Z' }, invalid('createdAt')],
  ['a date without a zone', { ...post, createdAt: '2024-01-01T00:00:00' }, invalid('createdAt')],
  [
    'a date of another zone',
    { ...post, createdAt: '2024-01-01T05:30:00+05:30' },
    kept({ createdAt: '2024-01-01T00:00:00.000Z' }),
  ],
  ['a date that is a number', { ...post, createdAt: 1_704_067_200_000 }, invalid('createdAt')],
  ['unknown fields', { ...post, geo: { lat: 1 }, nested: [[[]]] }, kept({ text: post.text })],
  ['a cycle', cyclic(), missing('text')],
  ['thousands of levels', { ...post, text: deep(20_000) }, invalid('text')],
  ['another film', { ...post, tmdbId: 'RRR' }, kept({ tmdbId: post.tmdbId })],
];

/** Posts without any id, which only a client of a host can bring: ours set them aside themselves. */
export const withoutId: readonly OddRecord[] = [
  ['no id', without('tweetId'), missing('tweetId')],
  ['a prototype of its own', JSON.parse(`{"__proto__":{"polluted":true},"text":"no id"}`), missing('tweetId')],
  ['null', null, missing(null)],
  ['a text', 'a post', invalid(null)],
  ['a number', 42, invalid(null)],
  ['a list', [post], missing('tweetId')],
];

function cyclic(): object {
  const record: Record<string, unknown> = { ...without('text') };
  record['self'] = record;
  return record;
}

function deep(levels: number): unknown {
  let value: unknown = [];
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
}
