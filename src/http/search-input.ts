import { badInput } from './problem.js';
import { checked, readJson, readQuery } from './read-input.js';
import { searchSchema, type WireSearch } from './wire/search.js';

/**
 * What a search asks for, by query, JSON body or both; where both say it, they must say the same.
 * @throws RequestRefused
 */
export async function readSearch(
  request: Request,
  limits: { readonly maxBodyBytes: number; readonly maxReviews: number },
): Promise<WireSearch> {
  const query = readQuery(request.url);
  const asked = Object.fromEntries(Object.entries(query).map(([name, text]) => [name, typed(name, text)]));
  const body = await readJson(request, limits.maxBodyBytes);
  return checkedSearch(body === undefined ? asked : joined(asked, body), limits.maxReviews);
}

/** @throws RequestRefused */
export function checkedSearch(value: unknown, maxReviews: number): WireSearch {
  const search = checked(searchSchema, value);
  if ((search.max_reviews ?? 0) > maxReviews) throw badInput(`max_reviews: at most ${maxReviews} here`);
  return search;
}

function joined(asked: Readonly<Record<string, unknown>>, body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  for (const [name, value] of Object.entries(body)) {
    if (Object.hasOwn(asked, name) && asked[name] !== value)
      throw badInput('the query and the body say different things: give each field once');
  }
  return { ...asked, ...body };
}

function typed(name: string, text: string): unknown {
  if (name === 'max_reviews' && /^\d{1,15}$/.test(text)) return Number(text);
  if (name === 'collect_new_data' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}
