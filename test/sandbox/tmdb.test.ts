import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.js';

const authorization = 'Bearer sandbox';
const rrr = 579_974;

describe('TMDB in the sandbox', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ limits: { tmdb: { calls: 1000, windowMs: 1000 } } });
  });
  afterAll(() => sandbox.close());
  const ask = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${sandbox.tmdbUrl}${path}`, { headers: { authorization, ...headers } });
  const read = async (path: string): Promise<unknown> => (await ask(path)).json();

  test('a good answer can be asked for again by its ETag; other answers have none', async () => {
    const path = `/3/movie/${rrr}?append_to_response=credits`;
    const first = await ask(path);
    const etag = first.headers.get('etag') ?? '';
    expect(first.headers.get('cache-control')).toMatch(/max-age=\d+/);
    for (const known of [etag, `"other", ${etag}`, etag.replace('W/', ''), '*']) {
      const again = await ask(path, { 'if-none-match': known });
      expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    }
    expect((await ask(path, { 'if-none-match': 'W/"other"' })).status).toBe(200);
    expect((await ask(`/3/movie/${rrr}`)).headers.get('etag')).not.toBe(etag);
    const missing = await ask('/3/movie/1', { 'if-none-match': '*' });
    expect([missing.status, missing.headers.get('etag')]).toEqual([404, null]);
  });

  test('recommendations repeat the film at the border of two pages', async () => {
    const pages = [];
    for (const page of [1, 2, 3])
      pages.push((await read(`/3/movie/${rrr}/recommendations?page=${page}`)) as { results: Array<{ id: number }> });
    const [first, second, third] = pages.map(({ results }) => results.map(({ id }) => id));
    expect(first).toHaveLength(20);
    expect(second?.[0]).toBe(first?.at(-1));
    expect(new Set([...(first ?? []), ...(second ?? []), ...(third ?? [])]).size).toBe(40);
  });

  test('reviews are the same each time, and some films have none', async () => {
    const counts = new Set<number>();
    for (const id of [rrr, 27_205, 155, 550, 157_336, 690_957, 256_040]) {
      const one = (await read(`/3/movie/${id}/reviews`)) as { results: object[]; total_results: number };
      expect(one).toEqual(await read(`/3/movie/${id}/reviews`));
      expect(one.total_results).toBe(one.results.length);
      counts.add(one.results.length);
    }
    expect(counts.size).toBeGreaterThan(1);
  });

  test.each([
    ['/3/search/movie?query=a&page=0', 400, 22],
    ['/3/search/movie?query=a&page=1.5', 400, 22],
    ['/3/search/movie?query=a&language=english', 422, 5],
    ['/3/search/movie?query=a&region=india', 422, 5],
    ['/3/search/movie?query=a&year=22', 422, 5],
    [`/3/movie/${rrr}?language=te-in`, 422, 5],
    ['/3/movie/-1', 404, 6],
    ['/3/discover/movie', 404, 34],
  ])('%s is a %i with the code %i', async (path, status, code) => {
    const response = await ask(path);
    expect([response.status, await response.json()]).toMatchObject([status, { success: false, status_code: code }]);
  });

  test('language and region are taken, an empty one as none; unknown parameters are ignored', async () => {
    for (const more of [
      'language=te',
      'language=te-IN&region=IN',
      'language=&region=&year=',
      'include_adult=false&anything=1',
    ])
      expect((await ask(`/3/search/movie?query=rrr&${more}`)).status).toBe(200);
  });

  test('takes no other method', async () => {
    const response = await fetch(`${sandbox.tmdbUrl}/3/configuration`, {
      method: 'DELETE',
      headers: { authorization },
    });
    expect([response.status, await response.json()]).toMatchObject([405, { status_code: 42 }]);
  });
});
