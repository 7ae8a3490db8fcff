import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import films from '../../src/sandbox/data/films.json' with { type: 'json' };
import { type Sandbox, type SandboxPost, sandboxPosts, startSandbox } from '../../src/sandbox/index.js';

const rrr = films.find(({ tmdb_id }) => tmdb_id === 579_974) ?? expect.unreachable('RRR');
const nowMs = 1_790_000_000_000;
const all = films.flatMap((film) => sandboxPosts(film, 1, nowMs));
const share = (is: (post: SandboxPost) => boolean) => all.filter(is).length / all.length;

describe('the posts of the sandbox', () => {
  test('come by seed, each with a known feeling', () => {
    const [first, again, other] = [1, 1, 2].map((seed) => sandboxPosts(rrr, seed, nowMs));
    expect(first).toEqual(again);
    expect(first?.map(({ text }) => text)).not.toEqual(other?.map(({ text }) => text));
    expect(new Set(first?.map(({ feeling }) => feeling))).toEqual(new Set(['positive', 'neutral', 'negative']));
    expect(new Set(first?.map(({ lang }) => lang))).toEqual(new Set(['en', 'te']));
  });

  test('keep what makes them odd at another time: only ids and times move', () => {
    const plain = (posts: readonly SandboxPost[]) =>
      posts.map(({ text, feeling, isSpam }) => [text.replaceAll(/\/t\.co\/\w+/g, ''), feeling, isSpam]);
    expect(plain(sandboxPosts(rrr, 1, nowMs + 86_400_000))).toEqual(plain(sandboxPosts(rrr, 1, nowMs)));
  });

  test.each<[string, (post: SandboxPost) => boolean]>([
    ['spam', ({ isSpam }) => isSpam],
    ['replies', ({ reference }) => reference?.kind === 'reply'],
    ['quotes', ({ reference }) => reference?.kind === 'quote'],
    ['long ones', ({ text }) => [...text].length > 280],
    ['edited ones', ({ versions }) => versions.length === 2],
    ['those whose author is gone', ({ isAuthorGone }) => isAuthorGone],
    ['bare ones', ({ isBare }) => isBare],
  ])('hold a few %s', (_name, is) => {
    expect(share(is)).toBeGreaterThan(0.01);
    expect(share(is)).toBeLessThan(0.06);
  });

  test('have no two ids alike, newest first, and none younger than now', () => {
    for (const film of films.slice(0, 40)) {
      const posts = sandboxPosts(film, 1, nowMs);
      const ids = posts.flatMap(({ versions }) => versions);
      expect(new Set(ids).size).toBe(ids.length);
      expect(posts.map(({ id }) => id)).toEqual(
        posts.map(({ id }) => id).toSorted((one, other) => (BigInt(one) < BigInt(other) ? 1 : -1)),
      );
      for (const { versions, id, createdAtMs } of posts) {
        expect(versions.at(-1)).toBe(id);
        expect(createdAtMs).toBeLessThan(nowMs);
      }
    }
  });

  test('spam is neutral, long posts are of one feeling, replies and quotes refer to an older post', () => {
    for (const film of films.slice(0, 40)) {
      const posts = sandboxPosts(film, 1, nowMs);
      for (const { isSpam, feeling, text, reference, id } of posts) {
        if (isSpam) expect(feeling).toBe('neutral');
        if ([...text].length > 280) expect(feeling).not.toBe('neutral');
        if (reference === null) continue;
        expect(posts.find((post) => post.id === reference.id)).toMatchObject({ authorId: reference.authorId });
        expect(BigInt(reference.id)).toBeLessThan(BigInt(id));
        if (reference.kind === 'reply') expect(text).toMatch(/^@film_\w+ /);
      }
    }
  });

  test('a title with a dollar sign stays as it is', () => {
    const posts = sandboxPosts({ ...rrr, title: "Cash $& $' $1" }, 1, nowMs);
    expect(posts.filter(({ text }) => text.includes("Cash $& $' $1")).length).toBe(posts.length);
  });
});

describe('on the wire', () => {
  let sandbox: Sandbox;
  let retweeting: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox();
    retweeting = await startSandbox({ retweets: true });
  });
  afterAll(async () => {
    await sandbox.close();
    await retweeting.close();
  });

  interface Wire {
    readonly id: string;
    readonly text: string;
    readonly author_id?: string;
    readonly created_at?: string;
    readonly lang?: string;
    readonly note_tweet?: { readonly text: string };
    readonly edit_history_tweet_ids: readonly string[];
    readonly referenced_tweets?: ReadonlyArray<{ readonly type: string; readonly id: string }>;
    readonly entities?: {
      readonly urls?: ReadonlyArray<{ readonly start: number; readonly end: number; readonly url: string }>;
    };
  }
  interface Page {
    readonly data?: readonly Wire[];
    readonly includes?: { readonly users?: ReadonlyArray<{ readonly id: string }>; readonly tweets?: readonly Wire[] };
    readonly errors?: ReadonlyArray<{ readonly resource_id: string }>;
    readonly meta: { readonly next_token?: string };
  }
  const pages = async (from: Sandbox, query: string, more: string): Promise<Page[]> => {
    const found: Page[] = [];
    for (let next: string | undefined = ''; next !== undefined; ) {
      const url = `${from.xUrl}/2/tweets/search/recent?query=${encodeURIComponent(query)}&max_results=100&${more}${next}`;
      const page = (await (await fetch(url, { headers: { authorization: 'Bearer sandbox' } })).json()) as Page;
      found.push(page);
      next = page.meta.next_token === undefined ? undefined : `&next_token=${page.meta.next_token}`;
    }
    return found;
  };
  const posts = async (from: Sandbox, query: string, more: string) =>
    (await pages(from, query, more)).flatMap(({ data = [] }) => data);
  const titles = 'Inception OR "The Dark Knight" OR Interstellar OR "Fight Club" OR RRR';

  test('long texts are cut near 280 and whole in the note, when it is asked for', async () => {
    const found = await posts(sandbox, titles, 'tweet.fields=note_tweet');
    const long = found.filter(({ note_tweet }) => note_tweet !== undefined);
    expect(long.length).toBeGreaterThan(3);
    for (const { text, note_tweet } of long) {
      const shown = text.replaceAll('&amp;', '&');
      expect([...shown].length).toBe(280);
      expect(shown).toMatch(/… https:\/\/t\.co\/\w{10}$/);
      expect(note_tweet?.text.replaceAll('&amp;', '&').startsWith(shown.slice(0, 240))).toBe(true);
    }
    const unasked = await posts(sandbox, titles, 'tweet.fields=lang');
    for (const post of unasked) expect(post).not.toHaveProperty('note_tweet');
  });

  test('texts are escaped once, and positions count the letters of the escaped text', async () => {
    const found = await posts(sandbox, titles, 'tweet.fields=entities');
    expect(found.some(({ text }) => text.includes('&amp;'))).toBe(true);
    expect(found.every(({ text }) => !/&(?!amp;|lt;|gt;)|[<>]/.test(text))).toBe(true);
    const linked = found.flatMap(({ text, entities }) => (entities?.urls ?? []).map((url) => ({ text, ...url })));
    expect(linked.length).toBeGreaterThan(3);
    for (const { text, start, end, url } of linked) expect([...text].slice(start, end).join('')).toBe(url);
  });

  test('bare posts have nothing but id, text and versions, whatever is asked; edited ones have two versions', async () => {
    const found = await posts(sandbox, titles, 'tweet.fields=created_at,lang,public_metrics,conversation_id');
    const bare = found.filter(({ created_at }) => created_at === undefined);
    expect(bare.length).toBeGreaterThan(0);
    for (const post of bare) expect(Object.keys(post).sort()).toEqual(['edit_history_tweet_ids', 'id', 'text']);
    expect(found.some(({ edit_history_tweet_ids }) => edit_history_tweet_ids.length === 2)).toBe(true);
  });

  test('authors come by expansion only; those who are gone are partial errors', async () => {
    const found = await pages(sandbox, titles, 'expansions=author_id');
    const gone = found.flatMap(({ errors = [] }) => errors.map(({ resource_id }) => resource_id));
    expect(gone.length).toBeGreaterThan(0);
    for (const { data = [], includes, errors = [] } of found) {
      const known = [...(includes?.users ?? []).map(({ id }) => id), ...errors.map(({ resource_id }) => resource_id)];
      expect(new Set(data.map(({ author_id }) => author_id))).toEqual(new Set(known));
    }
    for (const page of await pages(sandbox, titles, 'tweet.fields=author_id')) {
      expect(page).not.toHaveProperty('includes');
      expect(page).not.toHaveProperty('errors');
      for (const post of page.data ?? []) expect(post).toHaveProperty('author_id');
    }
  });

  test('what replies and quotes refer to is included when it is asked for', async () => {
    const found = await pages(
      sandbox,
      `(${titles}) (is:reply OR is:quote)`,
      'tweet.fields=referenced_tweets&expansions=referenced_tweets.id',
    );
    for (const { data = [], includes } of found) {
      expect(data.length).toBeGreaterThan(5);
      expect(new Set(data.map(({ referenced_tweets }) => referenced_tweets?.[0]?.type))).toEqual(
        new Set(['replied_to', 'quoted']),
      );
      expect(new Set(data.map(({ referenced_tweets }) => referenced_tweets?.[0]?.id))).toEqual(
        new Set(includes?.tweets?.map(({ id }) => id)),
      );
    }
  });

  test('retweets are found only where the option asks for them, and never with -is:retweet', async () => {
    const isRetweet = ({ text, referenced_tweets }: Wire) =>
      text.startsWith('RT @') && referenced_tweets?.[0]?.type === 'retweeted';
    const asked = 'tweet.fields=referenced_tweets';
    expect((await posts(sandbox, titles, asked)).filter(isRetweet)).toEqual([]);
    const found = await posts(retweeting, titles, asked);
    expect(found.filter(isRetweet).length).toBeGreaterThan(10);
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
    expect((await posts(retweeting, `(${titles}) -is:retweet`, asked)).filter(isRetweet)).toEqual([]);
    for (const { text } of found.filter(isRetweet))
      expect([...text.replaceAll('&amp;', '&')].length).toBeLessThanOrEqual(140);
  });
});
