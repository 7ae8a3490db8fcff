import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { TmdbClient } from '../../src/adapters/tmdb/index.js';
import { TwitterClient } from '../../src/adapters/twitter/index.js';
import { type Parsed, parseCandidate, parseMovie, parseReview } from '../../src/domain/schemas.js';
import { isReelflowError, type QuotaSeen, type RejectedRecord } from '../../src/index.js';
import type { FreshnessSeen } from '../../src/ports/call-context.js';
import { describeWithShared, sharedPath } from '../support/requirements.js';
import { rrr } from '../workflow/setup.js';
import { type AnswerServer, startAnswerServer } from './answer-server.js';
import { type Method, rows } from './recorded-table.js';

interface Example {
  readonly file: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

interface Outcome {
  readonly objects: readonly unknown[];
  readonly rejected: readonly RejectedRecord[];
  readonly nextCursor: string | null;
  readonly costUsd: number;
}

/** 15 minutes before the end of the window that the recorded headers of X speak of. */
const playedAt = new Date('2026-10-05T18:15:00Z');
const recordedReset = 1_791_225_000;

describeWithShared('contracts/examples/index.json', 'the recorded answers of both providers', () => {
  const folder = 'contracts/examples';
  const examples: readonly Example[] = JSON.parse(readFileSync(sharedPath(`${folder}/index.json`), 'utf8'));
  const quota: QuotaSeen[] = [];
  const freshness: FreshnessSeen[] = [];
  let server: AnswerServer;
  beforeAll(async () => {
    server = await startAnswerServer();
  });
  afterAll(() => server.close());
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: playedAt });
  });
  afterEach(() => {
    vi.useRealTimers();
    quota.length = 0;
    freshness.length = 0;
  });

  const play = ({ file, status, headers }: Example) => {
    const body = readFileSync(sharedPath(`${folder}/${file}`));
    server.answer((_request, response) => {
      response.writeHead(status, { date: playedAt.toUTCString(), ...headers });
      response.end(body);
    });
  };
  const context = () => ({
    signal: new AbortController().signal,
    attempt: 1,
    reportQuota: (seen: QuotaSeen) => void quota.push(seen),
    reportFreshness: (seen: FreshnessSeen) => void freshness.push(seen),
  });
  const ask = async (method: Method): Promise<Outcome> => {
    const none = { rejected: [], nextCursor: null, costUsd: 0 };
    if (method === 'searchReviews') {
      const client = new TwitterClient({ bearerToken: 'token', baseUrl: server.url });
      const { reviews, ...page } = await client.searchReviews({ movie: rrr, maxResults: 100 }, context());
      return { objects: reviews.map((review) => passed(review, parseReview)), ...page };
    }
    const client = new TmdbClient({ accessToken: 'token', baseUrl: server.url });
    if (method === 'searchMovies') {
      const found = await client.searchMovies({ text: 'x' }, context());
      return { objects: found.map((candidate) => passed(candidate, parseCandidate)), ...none };
    }
    const { movie, related } = await client.getMovie(1, context());
    return { objects: [movie, ...related].map((film) => passed(film, parseMovie)), ...none };
  };

  test('the table has a row for each of them, and for nothing else', () => {
    expect(rows.map(([file]) => file).sort()).toEqual(examples.map(({ file }) => file).sort());
    expect(rows.length).toBeGreaterThanOrEqual(82);
  });

  test.each(rows)('%s, asked for by %s', async (file, method, wanted) => {
    const example = examples.find((other) => other.file === file) ?? expect.unreachable(`${file} is not recorded`);
    play(example);
    const outcome = await ask(method).catch((error: unknown) => error);
    if ('code' in wanted) {
      const { code, retryable = false, kind, waitMs } = wanted;
      expect(isReelflowError(outcome), String(outcome)).toBe(true);
      expect(outcome).toMatchObject({ code, retryable, retryAfterMs: waitMs });
      const { details } = outcome as { details: Readonly<Record<string, unknown>> };
      expect(details.kind).toBe(kind);
      expect(details.retryAtMs).toBe(waitMs === undefined ? undefined : playedAt.getTime() + waitMs);
      expect(freshness).toEqual([]);
      return;
    }
    const { objects, rejected, nextCursor, costUsd } = outcome as Outcome;
    expect(objects, String(outcome)).toHaveLength(wanted.objects.length);
    expect(objects).toMatchObject(wanted.objects.map(expected));
    expect(rejected.map(({ field }) => field)).toEqual(wanted.rejected ?? []);
    expect(nextCursor !== null).toBe(wanted.next === true);
    if (method === 'searchReviews') expect(costUsd).toBeCloseTo((objects.length + rejected.length) * 0.005, 9);
    else expect(freshness).toEqual([{ etag: example.headers.etag, maxAgeMs: 6_991_000 }]);
  });

  test('every good page of X reports the quota of its headers', async () => {
    const good = rows.filter(([, method, wanted]) => method === 'searchReviews' && 'objects' in wanted);
    for (const [file] of good) {
      const example = examples.find((other) => other.file === file) ?? expect.unreachable(file);
      play(example);
      await ask('searchReviews');
      expect(quota.pop(), file).toEqual({
        limit: 450,
        remaining: Number(example.headers['x-rate-limit-remaining']),
        resetAtMs: recordedReset * 1000,
      });
    }
    expect(good.length).toBeGreaterThan(10);
  });

  test('parts that are appended to details are read as the single answers are', async () => {
    const part = (name: string) => JSON.parse(readFileSync(sharedPath(`${folder}/tmdb-movie-${name}.json`), 'utf8'));
    const [first, second] = [part('recommendations.page1'), part('recommendations.page2-boundary-duplicate')] as Array<{
      results: unknown[];
    }>;
    server.answer({
      body: {
        ...part('details'),
        credits: part('credits'),
        keywords: part('keywords'),
        recommendations: { results: [...(first?.results ?? []), ...(second?.results ?? [])] },
        similar: part('similar'),
      },
    });
    const { objects } = await ask('getMovie');
    expect(objects).toMatchObject([
      { tmdbId: 9_000_001, directors: ['Tomás Ó Dálaigh'], cast: ['Aoife Brannagh', 'Łukasz Ząb'] },
      { tmdbId: 9_000_005 },
      { tmdbId: 9_000_006, genres: ['Western'] },
      { tmdbId: 9_000_002, genres: ['Comedy', 'Romance'] },
      { tmdbId: 9_000_003, genres: [] },
    ]);
  });
});

/** A record that the domain's schema takes as it is: clients give clean ones. */
function passed<Value>(record: Value, parse: (raw: unknown) => Parsed<Value>): Value {
  expect(parse(record)).toEqual({ ok: true, value: record });
  return record;
}

const expected = (object: object): object =>
  Object.fromEntries(
    Object.entries(object).map(([key, value]) => [
      key,
      value instanceof RegExp ? expect.stringMatching(value) : (value as unknown),
    ]),
  );
