import * as z from 'zod';
import { type RejectedRecord, rawText } from '../../domain/records.js';
import type { Review } from '../../domain/review.js';
import type { ErrorCode } from '../../errors/error-code.js';
import { isReadable, longestText } from '../http/readable.js';
import type { Vocabulary } from './options.js';

/** Fields asked for, in each of X's two vocabularies. `author_id` as a field buys no user object; as an expansion it would. */
export const requestedFields: Readonly<Record<Vocabulary, Readonly<Record<string, string>>>> = {
  tweet: { 'tweet.fields': 'author_id,created_at,lang,note_tweet,public_metrics' },
  post: { 'post.fields': 'created_at,lang,note_post,public_metrics' },
};

const count = z.number().nonnegative().max(Number.MAX_SAFE_INTEGER).nullish().catch(null);
const longText = z
  .object({ text: z.string().max(longestText) })
  .nullish()
  .catch(null);
/** What stores take; a single odd field spoils no post. */
const longestId = 64;
const longestLanguage = 35;
/** Up to 19 digits, above 2^53: an id that came as a number has lost some. */
const postId = z.string().max(longestId).refine(isReadable, 'is missing');
const versions = z.array(postId).nullish().catch(null);

const post = z.object({
  id: postId,
  text: z.string().max(longestText),
  author_id: z.string().max(longestId).nullish().catch(null),
  created_at: z.string().nullish().catch(null),
  lang: z.string().max(longestLanguage).nullish().catch(null),
  note_tweet: longText,
  note_post: longText,
  edit_history_tweet_ids: versions,
  edit_history_post_ids: versions,
  public_metrics: z
    .object({ like_count: count, reply_count: count, retweet_count: count, repost_count: count })
    .nullish()
    .catch(null),
});
type Post = z.output<typeof post>;

/**
 * A page without posts has no `data`, but `meta`. `errors` beside them speak of parts, such as an author who is gone, and
 * spoil nothing; alone they are no page.
 */
export const searchAnswer = z
  .object({
    data: z.array(z.unknown()).optional(),
    meta: z.object({ next_token: z.string().min(1).nullish().catch(null) }).nullish(),
  })
  .refine(({ data, meta }) => data !== undefined || (meta !== undefined && meta !== null));

export const problemAnswer = z.object({
  title: z.string().optional().catch(undefined),
  detail: z.string().optional().catch(undefined),
  type: z.string().optional().catch(undefined),
  errors: z
    .array(z.object({ code: z.number().optional().catch(undefined), message: z.string().optional().catch(undefined) }))
    .optional()
    .catch(undefined),
});

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

/** X escapes a post's text once; decoding is one pass, so that '&amp;lt;' stays '&lt;'. */
const decode = (text: string): string =>
  text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? entity);

/** Reads one post. A post that was edited keeps the id of its first version. */
export function toReview(raw: unknown, tmdbId: number, source: string): Review | RejectedRecord {
  const parsed = post.safeParse(raw);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = issue?.path.join('.') || null;
    return reject(
      raw,
      'DATA_INVALID_FORMAT',
      field,
      `the post's ${field ?? 'record'} is not usable: ${issue?.message ?? ''}`,
    );
  }
  const found = parsed.data;
  const text = decode(found.note_tweet?.text ?? found.note_post?.text ?? found.text);
  if (!isReadable(text)) return reject(raw, 'DATA_MISSING_FIELD', 'text', 'the post has no text');
  const metrics = found.public_metrics;
  return {
    tweetId: found.edit_history_tweet_ids?.[0] ?? found.edit_history_post_ids?.[0] ?? found.id,
    tmdbId,
    text,
    authorId: found.author_id ?? null,
    createdAt: momentOf(found),
    language: found.lang ?? null,
    likeCount: metrics?.like_count ?? 0,
    repostCount: metrics?.retweet_count ?? metrics?.repost_count ?? 0,
    replyCount: metrics?.reply_count ?? 0,
    source,
  };
}

function reject(raw: unknown, code: ErrorCode, field: string | null, message: string): RejectedRecord {
  return { kind: 'review', reason: { code, message }, field, raw: rawText(raw) };
}

/** The epoch of X's ids, in milliseconds. Source: the id format published with Snowflake. */
const snowflakeEpochMs = 1_288_834_974_657n;

/** The time an id was made; ids carry it in their upper bits. @returns null for an id that is no snowflake */
export function momentOfId(id: string): number | null {
  if (!/^\d{15,19}$/.test(id)) return null;
  return Number((BigInt(id) >> 22n) + snowflakeEpochMs);
}

/** ISO 8601 with its zone: `Date.parse` alone takes 'part 1' for a date. */
const isoMoment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

function momentOf({ created_at: createdAt, id }: Post): string {
  const stated = isoMoment.test(createdAt ?? '') ? Date.parse(createdAt ?? '') : Number.NaN;
  const isUsable = stated >= earliestMs && stated < latestMs;
  return new Date(isUsable ? stated : (momentOfId(id) ?? Date.now())).toISOString();
}

/** Years of four digits: others are written in another way, which no store sorts. */
const earliestMs = Date.parse('0001-01-01T00:00:00Z');
const latestMs = Date.parse('+010000-01-01T00:00:00Z');
