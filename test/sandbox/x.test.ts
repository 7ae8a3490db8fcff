import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TwitterClient } from '../../src/adapters/twitter/index.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.js';
import { rrr } from '../workflow/setup.js';

const bearer = { headers: { authorization: 'Bearer sandbox' } };
const dayMs = 86_400_000;

interface Post {
  readonly id: string;
  readonly text: string;
  readonly lang?: string;
  readonly public_metrics?: { readonly like_count: number };
}

describe('X in the sandbox', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.close());

  const ask = async (path: string, parameters: Record<string, string>, from = sandbox) => {
    const response = await fetch(`${from.xUrl}${path}?${new URLSearchParams(parameters)}`, bearer);
    return { status: response.status, body: await response.json() };
  };
  const recent = (parameters: Record<string, string>, from = sandbox) =>
    ask('/2/tweets/search/recent', { max_results: '100', ...parameters }, from);
  const find = async (query: string, more: Record<string, string> = {}) => {
    const { status, body } = await recent({ query, 'tweet.fields': 'lang,public_metrics,note_tweet', ...more });
    expect(status, JSON.stringify(body)).toBe(200);
    return ((body as { data?: Post[] }).data ?? []).map((post) => ({ ...post, ...Object(post)['note_tweet'] }) as Post);
  };
  const refuse = async (parameters: Record<string, string>, about: string) => {
    const { status, body } = await recent(parameters);
    expect([status, body]).toMatchObject([
      400,
      {
        title: 'Invalid Request',
        type: expect.stringMatching(/invalid-request$/),
        errors: [{ parameters: { [about]: [expect.any(String)] }, message: expect.any(String) }],
      },
    ]);
  };

  describe('queries', () => {
    const has = (word: RegExp) => (posts: readonly Post[]) => {
      expect(posts.length).toBeGreaterThan(0);
      for (const { text } of posts) expect(text).toMatch(word);
    };

    test('words go together, phrases stay in order, case and accents do not matter', async () => {
      has(/dark knight/i)(await find('knight DARK'));
      has(/dark knight/i)(await find('"dark KNIGHT"'));
      expect(await find('"knight dark"')).toEqual([]);
      has(/Bāhubali/)(await find('bahubali'));
    });

    test('OR is weaker than AND, and parentheses bind', async () => {
      const both = await find('(RRR OR Pushpa) boring');
      has(/boring/i)(both);
      has(/RRR|Pushpa/)(both);
      has(/RRR|boring/i)(await find('RRR OR Pushpa boring'));
      expect((await find('RRR OR Pushpa')).length).toBeGreaterThan((await find('RRR')).length);
    });

    test('a minus leaves out', async () => {
      const all = await find('RRR');
      const rest = await find('RRR -boring -"waste of time"');
      expect(rest.length).toBeLessThan(all.length);
      expect(rest.every(({ text }) => !/boring|waste of time/i.test(text))).toBe(true);
    });

    test('links, mentions, hashtags and counts can be asked for or left out', async () => {
      const title = '"The Dark Knight"';
      has(/https:/)(await find(`${title} has:links`));
      has(/#/)(await find(`${title} has:hashtags`));
      has(/@/)(await find(`${title} has:mentions`));
      for (const { text } of await find(`${title} -has:links`)) expect(text).not.toMatch(/https:/);
      for (const { public_metrics } of await find(`${title} min_likes:50`)) {
        expect(public_metrics?.like_count ?? 50).toBeGreaterThanOrEqual(50);
      }
      for (const { text } of await find(`${title} -is:reply -is:quote -is:retweet`)) expect(text).not.toMatch(/^@/);
      for (const { lang } of await find(`${title} lang:en`)) expect(lang).toBe('en');
      expect(await find(`${title} has:media`)).toEqual([]);
      expect((await find(`${title} is:reply`)).length).toBeGreaterThan(0);
      expect((await find(`${title} -is:nullcast`)).length).toBeGreaterThan(50);
    });

    test('an author, a link and a conversation narrow what is found', async () => {
      const title = '"The Dark Knight"';
      const { body } = await recent({ query: title, expansions: 'author_id', 'tweet.fields': 'author_id' });
      const { data, includes } = body as {
        data: Array<{ id: string; author_id: string }>;
        includes: { users: Array<{ id: string; username: string }> };
      };
      const [author] = includes.users;
      const theirs = data.filter(({ author_id }) => author_id === author?.id).map(({ id }) => id);
      expect((await find(`${title} from:${author?.username}`)).map(({ id }) => id)).toEqual(theirs);
      has(/example\.com/)(await find(`${title} url:example.com`));
      const [first] = data;
      const talk = await find(`${title} conversation_id:${first?.id}`);
      expect(talk.map(({ id }) => id)).toContain(first?.id);
      for (const operator of ['to:nobody', 'entity:"Bruce Wayne"', 'context:86.1'])
        expect(await find(`${title} ${operator}`)).toEqual([]);
    });

    test.each([
      'lang:en',
      'has:links -is:retweet',
      '-RRR',
      'RRR OR lang:te',
      'min_likes:5',
      'RRR "half a phrase',
      '(RRR',
      'RRR)',
      'RRR ()',
      'OR RRR',
      'RRR OR',
      'RRR -(boring OR slow)',
      'RRR - boring',
      'RRR min_faves:5',
      'RRR is:boring',
      'RRR has:nothing',
      'RRR lang:',
      'RRR lang:english',
      'RRR is:nullcast',
      'Pushpa: The Rise',
      '"!?"',
      'RRR min_likes:many',
      `"${'x'.repeat(511)}"`,
      '   ',
    ])('%s is refused', (query) => refuse({ query }, 'query'));

    test('512 characters are taken', async () => {
      expect((await recent({ query: `RRR ${'x'.repeat(508)}` })).status).toBe(200);
    });
  });

  test('finds nothing quickly for a word that many titles have, without all their posts', async () => {
    expect((await find('the')).length).toBe(100);
  });

  describe('the window', () => {
    const at = (ms: number) => new Date(Date.now() - ms).toISOString();
    const idOf = (ms: number) => String((BigInt(Date.now() - ms) - 1_288_834_974_657n) << 22n);

    test('since, until, start and end narrow it, and tokens go on in it', async () => {
      const all = await find('RRR');
      const [third, sixth] = [all[2], all[5]];
      const between = await find('RRR', { since_id: sixth?.id ?? '', until_id: third?.id ?? '' });
      expect(between).toEqual(all.slice(3, 5));
      const border = at(3 * dayMs);
      const old = await find('RRR', { end_time: border });
      const young = await find('RRR', { start_time: border });
      expect(old.length + young.length).toBe(all.length);
      expect(old.length * young.length).toBeGreaterThan(0);
      const { body } = await recent({ query: 'RRR', max_results: '10', sort_order: 'relevancy' });
      const { next_token } = (body as { meta: { next_token: string } }).meta;
      for (const name of ['next_token', 'pagination_token']) {
        expect(
          (await recent({ query: 'RRR', max_results: '10', sort_order: 'relevancy', [name]: next_token })).body,
        ).toMatchObject({
          meta: { result_count: 10 },
        });
      }
    });

    test('by relevance the most liked ones come first', async () => {
      const likes = (await find('RRR', { sort_order: 'relevancy' })).flatMap(
        ({ public_metrics }) => public_metrics?.like_count ?? [],
      );
      expect(likes).toEqual(likes.toSorted((one, other) => other - one));
    });

    test('what X refuses', async () => {
      const query = 'RRR';
      await refuse({ query, since_id: idOf(8 * dayMs) }, 'since_id');
      await refuse({ query, since_id: 'x' }, 'since_id');
      await refuse({ query, until_id: '12345678901234567890' }, 'until_id');
      await refuse({ query, start_time: at(8 * dayMs) }, 'start_time');
      await refuse({ query, start_time: 'yesterday' }, 'start_time');
      await refuse({ query, end_time: at(0) }, 'end_time');
      await refuse({ query, start_time: at(dayMs), end_time: at(2 * dayMs) }, 'end_time');
      await refuse({ query, since_id: idOf(dayMs), start_time: at(dayMs) }, 'since_id');
      await refuse({ query, until_id: idOf(dayMs), end_time: at(dayMs) }, 'until_id');
      await refuse({ query, next_token: 'p0', pagination_token: 'p0' }, 'pagination_token');
      await refuse({ query, sort_order: 'random' }, 'sort_order');
      for (const max_results of ['9', '101', '10.5', 'ten', '']) await refuse({ query, max_results }, 'max_results');
      expect((await recent({ query, since_id: idOf(7 * dayMs - 60_000) })).status).toBe(200);
    });
  });

  describe('the two vocabularies', () => {
    test('each has its own names; those of the other, and unknown ones, are refused', async () => {
      const query = 'RRR';
      await refuse({ query, 'tweet.fields': 'note_post' }, 'tweet.fields');
      await refuse({ query, 'post.fields': 'note_tweet' }, 'post.fields');
      await refuse({ query, 'post.fields': 'author_id' }, 'post.fields');
      await refuse({ query, 'tweet.fields': 'lang', 'post.fields': 'lang' }, 'tweet.fields');
      await refuse({ query, expansions: 'author' }, 'expansions');
      await refuse({ query, 'post.fields': 'lang', expansions: 'referenced_tweets.id' }, 'expansions');
      await refuse({ query, 'user.fields': 'age' }, 'user.fields');
      await refuse({ query, fields: 'text' }, 'fields');
      const { body } = await recent({ query, 'post.fields': 'lang', expansions: 'author_id' });
      expect(body).toMatchObject({
        data: expect.arrayContaining([expect.objectContaining({ author_id: expect.any(String) })]),
      });
      expect((await recent({ query, 'post.fields': 'nonsense' })).body).toMatchObject({
        type: 'https://api.x.com/2/problems/invalid-request',
      });
    });

    test('our client reads the same posts in both, but for the authors', async () => {
      const read = async (vocabulary: 'tweet' | 'post') => {
        const client = new TwitterClient({ bearerToken: 'sandbox', baseUrl: sandbox.xUrl, vocabulary });
        const { reviews } = await client.searchReviews(
          { movie: rrr, maxResults: 100 },
          { signal: new AbortController().signal, attempt: 1 },
        );
        return reviews.map((review) => ({ ...review, authorId: null }));
      };
      const [older, newer] = [await read('tweet'), await read('post')];
      expect(older.length).toBeGreaterThan(50);
      expect(newer).toEqual(older);
    });

    test('a sandbox may speak one of them only', async () => {
      for (const [vocabulary, own, other] of [
        ['tweet', 'edit_history_tweet_ids', 'post'],
        ['post', 'edit_history_post_ids', 'tweet'],
      ] as const) {
        const strict = await startSandbox({ vocabulary });
        try {
          const plain = await recent({ query: 'RRR' }, strict);
          expect((plain.body as { data: object[] }).data[0]).toHaveProperty(own);
          expect((await recent({ query: 'RRR', [`${vocabulary}.fields`]: 'lang' }, strict)).status).toBe(200);
          expect(await recent({ query: 'RRR', [`${other}.fields`]: 'lang' }, strict)).toMatchObject({
            status: 400,
            body: { errors: [{ parameters: { [`${other}.fields`]: ['lang'] } }] },
          });
        } finally {
          await strict.close();
        }
      }
    });
  });

  test('counts add up to what the search finds', async () => {
    const query = 'RRR -boring';
    const found = await find(query);
    for (const granularity of ['day', 'hour', 'minute']) {
      const { body } = await ask('/2/tweets/counts/recent', { query, granularity });
      const { data, meta } = body as {
        data: Array<{ start: string; end: string; tweet_count: number }>;
        meta: { total_tweet_count: number };
      };
      expect(meta.total_tweet_count).toBe(found.length);
      expect(data.reduce((sum, { tweet_count }) => sum + tweet_count, 0)).toBe(found.length);
      for (const [index, { start }] of data.entries()) if (index > 0) expect(start).toBe(data[index - 1]?.end);
    }
    expect(
      (await ask('/2/tweets/counts/recent', { query: 'RRR', 'search_count.fields': 'post_count' })).body,
    ).toMatchObject({
      meta: { total_post_count: expect.any(Number) },
    });
    expect((await ask('/2/tweets/counts/recent', { query: '"No Such Film"' })).body).toEqual({
      meta: { total_tweet_count: 0 },
    });
    expect((await ask('/2/tweets/counts/recent', { query: 'RRR', granularity: 'week' })).status).toBe(400);
  });

  test('a post is found by its id, and by that of an earlier version; an unknown one is a good answer with an error', async () => {
    const { body } = await recent({ query: '"The Dark Knight"' });
    const { data } = body as { data: Array<{ id: string; edit_history_tweet_ids: string[] }> };
    const edited =
      data.find(({ edit_history_tweet_ids: ids }) => ids.length === 2) ?? expect.unreachable('none edited');
    for (const id of edited.edit_history_tweet_ids) {
      expect((await ask(`/2/tweets/${id}`, {})).body).toMatchObject({ data: { id: edited.id } });
    }
    expect(await ask('/2/tweets/1', {})).toMatchObject({
      status: 200,
      body: { errors: [{ resource_id: '1', type: expect.stringMatching(/resource-not-found$/) }] },
    });
    expect((await ask('/2/tweets/abc', {})).status).toBe(400);
    expect((await ask('/2/users/1', {})).status).toBe(404);
  });

  test('takes no other method, and no key in the query', async () => {
    const url = `${sandbox.xUrl}/2/tweets/search/recent?query=RRR`;
    expect((await fetch(url, { ...bearer, method: 'POST' })).status).toBe(405);
    expect((await fetch(`${url}&api_key=sandbox`)).status).toBe(401);
  });
});
