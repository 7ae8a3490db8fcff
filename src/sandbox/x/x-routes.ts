import { foldTitle } from '../../domain/fold-title.js';
import type { Answer } from '../answer.js';
import type { SandboxPost } from '../posts/make-posts.js';

/** Where the posts about a phrase come from, newest first. */
export interface PostSource {
  about(phrase: string): readonly SandboxPost[];
}

const longestQuery = 512;

export const xProblem = (
  status: number,
  title: string,
  detail: string,
  type = 'about:blank',
  more: object = {},
): Answer => ({
  status,
  body: { title, detail, type, ...(type === 'about:blank' ? { status } : {}), ...more },
});

/** Answers an X v2 request, without auth and limits. */
export function answerX(path: string, query: URLSearchParams, posts: PostSource): Answer {
  if (path === '/2/tweets/search/recent') return searchRecent(query, posts);
  return xProblem(404, 'Not Found', 'There is nothing at this path.');
}

function searchRecent(query: URLSearchParams, posts: PostSource): Answer {
  const text = query.get('query') ?? '';
  if (text === '' || text.length > longestQuery)
    return invalid('query', `The query must have 1 to ${longestQuery} characters.`);
  const size = Number(query.get('max_results') ?? '10');
  if (!Number.isInteger(size) || size < 10 || size > 100)
    return invalid('max_results', 'max_results must be between 10 and 100.');
  const phrase = /"([^"]*)"/.exec(text)?.[1] ?? text.split(' ').find((word) => !/^-|:/.test(word)) ?? '';
  if (foldTitle(phrase) === '') return invalid('query', 'The query needs a word or a phrase.');
  const lang = /(?:^|\s)lang:(\w+)/.exec(text)?.[1];
  const sinceId = query.get('since_id');
  const found = posts
    .about(phrase)
    .filter((post) => lang === undefined || post.lang === lang)
    .filter((post) => sinceId === null || BigInt(post.id) > BigInt(/^\d+$/.test(sinceId) ? sinceId : '0'));
  const from = offsetOf(query.get('next_token') ?? query.get('pagination_token'));
  if (from === null) return invalid('next_token', 'This token was not given out.');
  return page(found.slice(from, from + size), from + size < found.length ? from + size : null, query);
}

function page(posts: readonly SandboxPost[], next: number | null, query: URLSearchParams): Answer {
  const vocabulary = query.has('post.fields') ? 'post' : 'tweet';
  const fields = new Set((query.get(`${vocabulary}.fields`) ?? '').split(','));
  const [newest, oldest] = [posts[0], posts.at(-1)];
  const meta = {
    ...(newest === undefined || oldest === undefined ? {} : { newest_id: newest.id, oldest_id: oldest.id }),
    result_count: posts.length,
    ...(next === null ? {} : { next_token: `p${next.toString(36)}` }),
  };
  const data = posts.map((post) => toWire(post, vocabulary, fields));
  return { status: 200, body: { ...(data.length === 0 ? {} : { data }), meta } };
}

function toWire(post: SandboxPost, vocabulary: 'tweet' | 'post', fields: ReadonlySet<string>): object {
  const reposts = vocabulary === 'tweet' ? { retweet_count: post.reposts } : { repost_count: post.reposts };
  const metrics = {
    ...reposts,
    reply_count: post.replies,
    like_count: post.likes,
    quote_count: 0,
    bookmark_count: 0,
    impression_count: post.likes * 40,
  };
  const given = {
    author_id: post.authorId,
    created_at: new Date(post.createdAtMs).toISOString(),
    lang: post.lang,
    public_metrics: metrics,
  };
  return {
    id: post.id,
    text: escapeText(post.text),
    [`edit_history_${vocabulary}_ids`]: [post.id],
    ...Object.fromEntries(Object.entries(given).filter(([name]) => fields.has(name))),
  };
}

/** X escapes these three in texts. */
const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function offsetOf(token: string | null): number | null {
  if (token === null) return 0;
  const offset = /^p[0-9a-z]+$/.test(token) ? Number.parseInt(token.slice(1), 36) : Number.NaN;
  return Number.isInteger(offset) ? offset : null;
}

const invalid = (parameter: string, message: string): Answer =>
  xProblem(
    400,
    'Invalid Request',
    'One or more parameters to your request was invalid.',
    'https://api.twitter.com/2/problems/invalid-request',
    {
      errors: [{ parameters: { [parameter]: [] }, message }],
    },
  );
