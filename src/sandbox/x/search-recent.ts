import type { Answer } from '../answer.js';
import type { SandboxPost } from '../posts/sandbox-post.js';
import { expand } from './expand.js';
import { offsetOf, tokenOf } from './page-token.js';
import { checkParameters, readChoice, readSelection, selecting } from './parameters.js';
import type { PostSource } from './post-source.js';
import { postToWire } from './post-wire.js';
import { parseQuery, read } from './query/parse-query.js';
import { Refusal } from './refusal.js';
import { readWindow, windowParameters } from './search-window.js';
import type { Names } from './vocabulary.js';

const paging = ['next_token', 'pagination_token'];

/** `GET /2/tweets/search/recent`. @throws Refusal */
export function searchRecent(query: URLSearchParams, names: Names, source: PostSource): Answer {
  checkParameters(query, ['query', 'max_results', 'sort_order', ...paging, ...windowParameters, ...selecting(names)]);
  const selection = readSelection(query, names);
  const size = readSize(query.get('max_results'));
  const order = readChoice(query, 'sort_order', ['recency', 'relevancy']);
  const from = readOffset(query);
  const found = [...matching(query, source)];
  if (order === 'relevancy') found.sort((one, other) => other.likes - one.likes);
  const posts = found.slice(from, from + size);
  const ids = posts.map(({ id }) => BigInt(id)).sort((one, other) => (one < other ? -1 : 1));
  const [oldest, newest] = [ids[0], ids.at(-1)];
  const meta = {
    ...(newest === undefined || oldest === undefined ? {} : { newest_id: String(newest), oldest_id: String(oldest) }),
    result_count: posts.length,
    ...(from + size < found.length ? { next_token: tokenOf(from + size) } : {}),
  };
  const data = posts.map((post) => postToWire(post, selection));
  return {
    status: 200,
    body: { ...(data.length === 0 ? {} : { data }), ...expand(posts, selection, source), meta },
  };
}

/** The posts that a query finds in its window, newest first. @throws Refusal */
export function matching(query: URLSearchParams, source: PostSource): SandboxPost[] {
  const { matches, texts } = parseQuery(query.get('query') ?? '');
  const { holds } = readWindow(query, Date.now());
  return source.about(texts).filter((post) => holds(post) && matches(read(post)));
}

function readSize(text: string | null): number {
  const size = Number(text ?? '10');
  if (Number.isInteger(size) && size >= 10 && size <= 100) return size;
  throw new Refusal('max_results', text, 'max_results must be between 10 and 100.');
}

function readOffset(query: URLSearchParams): number {
  const [next, again] = paging.map((name) => query.get(name));
  if (typeof next === 'string' && typeof again === 'string')
    throw new Refusal('pagination_token', again, 'next_token and pagination_token do not go together.');
  const token = next ?? again ?? null;
  const offset = offsetOf(token);
  if (offset === null) throw new Refusal('next_token', token, 'This token was not given out.');
  return offset;
}
