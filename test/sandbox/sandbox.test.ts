import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import films from '../../src/sandbox/data/films.json' with { type: 'json' };
import { type Sandbox, startSandbox } from '../../src/sandbox/index.js';
import { describeWithShared, sharedPath } from '../support/requirements.js';

const bearer = { headers: { authorization: 'Bearer sandbox' } };
const rrr = 579_974;

describe('the sandbox', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.close());
  afterEach(() => {
    sandbox.requests.length = 0;
    sandbox.setFaults([]);
  });
  const tmdb = (path: string) => fetch(`${sandbox.tmdbUrl}${path}`, bearer);
  const recent = (query: string) => fetch(`${sandbox.xUrl}/2/tweets/search/recent?${query}`, bearer);

  test('takes its token and no other, in the shape of each provider', async () => {
    expect(await (await fetch(`${sandbox.tmdbUrl}/3/search/movie?query=RRR`)).json()).toMatchObject({
      success: false,
      status_code: 7,
    });
    const x = await fetch(`${sandbox.xUrl}/2/tweets/search/recent?query=RRR`, {
      headers: { authorization: 'Bearer other' },
    });
    expect([x.status, await x.json()]).toEqual([
      401,
      { title: 'Unauthorized', detail: 'Unauthorized', type: 'about:blank', status: 401 },
    ]);
    expect((await fetch(`${sandbox.tmdbUrl}/3/authentication?api_key=sandbox`)).status).toBe(200);
    expect(JSON.stringify(sandbox.requests)).not.toMatch(/authorization|other|api_key/i);
  });

  test('writes down each request received', async () => {
    await tmdb('/3/search/movie?query=RRR&year=2022');
    expect(sandbox.requests).toMatchObject([
      { service: 'tmdb', method: 'GET', path: '/3/search/movie', query: { query: 'RRR', year: '2022' } },
    ]);
  });

  test('finds films as TMDB does: the same title first, then by votes; by year; with pages', async () => {
    const titles = async (path: string) =>
      ((await (await tmdb(path)).json()) as { results: Array<{ title: string }> }).results.map(({ title }) => title);
    expect((await titles('/3/search/movie?query=rrr'))[0]).toBe('RRR');
    expect((await titles('/3/search/movie?query=pushpa'))[0]).toMatch(/^Pushpa/);
    expect((await titles('/3/search/movie?query=baahubali'))[0]).toMatch(/^Bāhubali/);
    expect(await titles('/3/search/movie?query=rrr&year=1990')).toEqual([]);
    const many = await (await tmdb('/3/search/movie?query=the&page=2')).json();
    expect(many).toMatchObject({ page: 2, results: expect.any(Array), total_pages: expect.any(Number) });
  });

  test('gives details with appended parts, and the failures of TMDB', async () => {
    const body = await (
      await tmdb(`/3/movie/${rrr}?append_to_response=credits,keywords,recommendations,similar`)
    ).json();
    expect(body).toMatchObject({
      id: rrr,
      title: 'RRR',
      credits: {
        cast: [{ name: expect.any(String) }, ...Array(3).fill(expect.anything())],
        crew: [{ job: 'Director', name: 'S. S. Rajamouli' }],
      },
      keywords: { keywords: expect.any(Array) },
      recommendations: { results: expect.any(Array) },
      similar: { results: expect.any(Array) },
    });
    expect(await (await tmdb('/3/movie/1')).json()).toMatchObject({ status_code: 34 });
    expect(await (await tmdb('/3/movie/x')).json()).toMatchObject({ status_code: 6 });
    expect(await (await tmdb('/3/search/movie?query=a&page=501')).json()).toMatchObject({ status_code: 22 });
    expect(
      await (await tmdb(`/3/movie/${rrr}?append_to_response=${Array(21).fill('credits').join(',')}`)).json(),
    ).toMatchObject({ status_code: 27 });
    for (const path of [
      '/3/configuration',
      '/3/genre/movie/list',
      `/3/movie/${rrr}/credits`,
      `/3/movie/${rrr}/reviews`,
    ])
      expect((await tmdb(path)).status).toBe(200);
    for (const path of ['/3/nothing', `/3/movie/${rrr}/nothing`, '/']) expect((await tmdb(path)).status).toBe(404);
    expect((await tmdb('/3/configuration')).headers.get('etag')).toMatch(/^W\//);
  });

  test('pages through the posts about a phrase, newest first, with growing ids and rate-limit headers', async () => {
    const ids: string[] = [];
    let next = '';
    for (let pages = 0; pages < 30; pages += 1) {
      const response = await recent(
        `query=%22RRR%22&max_results=10&tweet.fields=created_at,public_metrics,author_id,lang${next}`,
      );
      expect(response.headers.get('x-rate-limit-limit')).toBe('450');
      const body = (await response.json()) as {
        data: Array<{ id: string; text: string; created_at?: string; public_metrics?: object }>;
        meta: { next_token?: string; result_count: number };
      };
      for (const { id, text, created_at, public_metrics } of body.data) {
        expect(text).toContain('RRR');
        // A few posts have no optional fields at all.
        if (created_at !== undefined) expect(public_metrics).toHaveProperty('retweet_count');
        ids.push(id);
      }
      if (body.meta.next_token === undefined) break;
      next = `&next_token=${body.meta.next_token}`;
    }
    expect(ids.length).toBeGreaterThan(40);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => /^\d{19}$/.test(id))).toBe(true);
    expect(ids).toEqual(ids.toSorted((one, other) => (BigInt(one) < BigInt(other) ? 1 : -1)));
    const since = (await (await recent(`query=%22RRR%22&since_id=${ids[5]}`)).json()) as { data: unknown[] };
    expect(since.data).toHaveLength(5);
  });

  test('answers in the vocabulary that asks, and omits data when there is none', async () => {
    const posts = (await (await recent('query=%22RRR%22&post.fields=public_metrics')).json()) as {
      data: Array<{ public_metrics: object }>;
    };
    expect(posts.data[0]).toHaveProperty('edit_history_post_ids');
    expect(posts.data[0]?.public_metrics).toHaveProperty('repost_count');
    expect(await (await recent('query=%22No+Such+Film%22')).json()).toEqual({ meta: { result_count: 0 } });
    const telugu = (await (await recent('query=%22RRR%22%20lang:te&tweet.fields=lang')).json()) as {
      data: Array<{ lang: string }>;
    };
    expect(new Set(telugu.data.map(({ lang }) => lang))).toEqual(new Set(['te']));
  });

  test.each([
    'max_results=5&query=RRR',
    'max_results=101&query=RRR',
    'query=',
    `query=${'x'.repeat(513)}`,
    'query=RRR&next_token=!',
    'query=-is:retweet',
  ])('%s is a 400', async (query) => {
    const response = await recent(query);
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { title: 'Invalid Request', errors: [{ message: expect.any(String) }] },
    ]);
  });

  test('refuses what is above its limits, with the headers that say so', async () => {
    const small = await startSandbox({
      limits: { x: { calls: 2, windowMs: 60_000 }, tmdb: { calls: 1, windowMs: 60_000 } },
      latencyMs: { x: 1 },
    });
    const ask = () => fetch(`${small.xUrl}/2/tweets/search/recent?query=%22RRR%22`, bearer);
    const answers = [await ask(), await ask(), await ask()];
    expect(answers.map(({ status, headers }) => [status, headers.get('x-rate-limit-remaining')])).toEqual([
      [200, '1'],
      [200, '0'],
      [429, '0'],
    ]);
    expect(Number(answers[2]?.headers.get('x-rate-limit-reset')) * 1000).toBeGreaterThan(Date.now());
    await fetch(`${small.tmdbUrl}/3/configuration`, bearer);
    expect(await (await fetch(`${small.tmdbUrl}/3/configuration`, bearer)).json()).toMatchObject({ status_code: 25 });
    await small.close();
    await expect(ask()).rejects.toThrow();
  });

  test('two on one port, and other options that cannot be used, are INVALID_OPTIONS', async () => {
    const port = Number(new URL(sandbox.xUrl).port);
    for (const [options, name] of [
      [{ port }, 'in use'],
      [{ port: -1 }, 'port'],
      [{ seed: 1.5 }, 'seed'],
      [{ latencyMs: -1 }, 'latencyMs'],
      [{ faults: {} }, 'faults'],
      [{ faults: [{ kind: 'slow' }] }, 'faults[0].ms'],
      [{ limits: { x: { calls: 0, windowMs: 1 } } }, 'limits'],
      [{ limits: { twitter: { calls: 1, windowMs: 1 } } }, "'tmdb', 'x'"],
      [{ latencyMs: { twitter: 5 } }, "'tmdb', 'x'"],
      [{ movies: 5 }, 'movies'],
      [{ vocabulary: 'tweets' }, "'tweet', 'post' or 'both'"],
      [{ retweets: 'yes' }, 'retweets'],
      [{ latency: 5 }, 'latencyMs'],
      [{ movies: '/no/such/file' }, 'cannot be read'],
    ] as const) {
      await expect(startSandbox(options as never)).rejects.toMatchObject({
        code: 'INVALID_OPTIONS',
        message: expect.stringContaining(name),
      });
    }
  });
});

describe('films of one’s own', () => {
  const film = {
    tmdb_id: 5,
    title: 'Mine',
    genres: ['Drama'],
    keywords: [],
    cast: [],
    directors: [],
    vote_average: 9,
    vote_count: 5,
  };

  test('come as an array, as JSON lines or gzipped; a broken line is named', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'reelflow-sandbox-'));
    try {
      const lines = `${JSON.stringify(film)}\n\n${JSON.stringify({ ...film, tmdb_id: 6, title: 'Mine Too' })}\n`;
      await writeFile(join(folder, 'films.jsonl'), lines);
      await writeFile(join(folder, 'films.jsonl.gz'), gzipSync(lines));
      await writeFile(join(folder, 'broken.jsonl'), `${JSON.stringify(film)}\n{"tmdb_id": `);
      await writeFile(join(folder, 'odd.jsonl'), '{"tmdb_id": "x"}');
      for (const movies of [[film], join(folder, 'films.jsonl'), join(folder, 'films.jsonl.gz')]) {
        const sandbox = await startSandbox({ movies });
        expect(await (await fetch(`${sandbox.tmdbUrl}/3/movie/5`, bearer)).json()).toMatchObject({ title: 'Mine' });
        await sandbox.close();
      }
      await expect(startSandbox({ movies: join(folder, 'broken.jsonl') })).rejects.toMatchObject({
        code: 'DATA_PARSE',
        message: expect.stringContaining('line 2'),
      });
      await expect(startSandbox({ movies: join(folder, 'odd.jsonl') })).rejects.toMatchObject({
        code: 'DATA_PARSE',
        message: expect.stringContaining('line 1'),
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('the bundled films', () => {
  test('are some 300, of many countries, with at least 25 Indian ones, and hold no texts of others', () => {
    expect(films.length).toBeGreaterThanOrEqual(300);
    expect(
      films.filter(({ original_language }) => ['te', 'hi', 'ta', 'ml'].includes(original_language ?? '')).length,
    ).toBeGreaterThanOrEqual(25);
    expect(new Set(films.map(({ original_language }) => original_language)).size).toBeGreaterThanOrEqual(15);
    const ids = new Set(films.map(({ tmdb_id }) => tmdb_id));
    expect(ids.size).toBe(films.length);
    for (const id of [rrr, 690_957, 256_040, 350_312]) expect(ids.has(id)).toBe(true);
    for (const one of films) expect(one).not.toHaveProperty('overview');
  });
});

describeWithShared('data/movies.jsonl.gz', 'the large catalogue', () => {
  test('21,155 films are served', async () => {
    const sandbox = await startSandbox({ movies: sharedPath('data/movies.jsonl.gz') });
    const body = (await (await fetch(`${sandbox.tmdbUrl}/3/search/movie?query=the`, bearer)).json()) as {
      total_results: number;
    };
    expect(body.total_results).toBeGreaterThan(3000);
    expect(
      await (await fetch(`${sandbox.tmdbUrl}/3/movie/${rrr}?append_to_response=recommendations`, bearer)).json(),
    ).toMatchObject({ title: 'RRR' });
    await sandbox.close();
  });
});
