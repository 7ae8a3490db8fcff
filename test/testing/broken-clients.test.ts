import { describe, expect, test } from 'vitest';
import { type MovieApiClient, ReelflowError, type ReviewApiClient } from '../../src/index.js';
import {
  FakeMovieClient,
  FakeReviewClient,
  movieApiClientContract,
  reviewApiClientContract,
  sampleMovie,
  sampleReviews,
} from '../../src/testing/index.js';
import { deaf, failuresOf } from './collected-tests.js';

const movie = sampleMovie();
const other = sampleMovie({ tmdbId: 2, title: 'Other', originalTitle: '' });
const secret = 'k3y-0f-th3-t3st';

const films = () => new FakeMovieClient({ movies: [movie, other] });
const failuresOfFilms = (broken: Partial<MovieApiClient>, unreachable?: MovieApiClient) =>
  failuresOf((run) =>
    movieApiClientContract(run, async () => {
      const sound = films();
      const client: MovieApiClient = {
        name: 'films',
        searchMovies: (query, context) => sound.searchMovies(query, context),
        getMovie: (id, context) => sound.getMovie(id, context),
        ...broken,
      };
      return { client, known: movie, unknownId: 3, secret, ...(unreachable === undefined ? {} : { unreachable }) };
    }),
  );

describe('the contract of MovieApiClient finds a client that', () => {
  test.each<[string, Partial<MovieApiClient>, string[]]>([
    ['is sound', {}, []],
    ['has no name', { name: '' }, ['has a name']],
    [
      'gives a film twice',
      {
        searchMovies: async (query, context) =>
          (await films().searchMovies(query, context)).flatMap((one) => [one, one]),
      },
      ['finds a film by its title, as candidates that pass the schema'],
    ],
    [
      'leaves fields out',
      {
        searchMovies: async (query, context) =>
          (await films().searchMovies(query, context)).map((one) => ({ ...one, overview: undefined as never })),
      },
      ['finds a film by its title, as candidates that pass the schema'],
    ],
    [
      'finds everything',
      { searchMovies: (_query, context) => films().searchMovies({ text: '' }, context) },
      ['gives an empty list for a title nobody knows', 'answers calls that are made at the same time, each its own'],
    ],
    [
      'relates a film to itself',
      { getMovie: async (id, context) => ({ ...(await films().getMovie(id, context)), related: [movie] }) },
      ['gives the details of a film, with related films other than itself'],
    ],
    [
      'throws what is no ReelflowError',
      {
        getMovie: async (id, context) => {
          if (id !== 3) return films().getMovie(id, context);
          throw new Error('404');
        },
      },
      ['fails with API_NOT_FOUND for an unknown id'],
    ],
    [
      'tells its key',
      {
        getMovie: async (id, context) => {
          if (id !== 3) return films().getMovie(id, context);
          throw new ReelflowError('API_NOT_FOUND', 'nothing there', { cause: new Error(`GET /3?api_key=${secret}`) });
        },
      },
      ['fails with API_NOT_FOUND for an unknown id'],
    ],
    [
      'takes what is known for what holds',
      { getMovie: async (id, context) => context.known?.value ?? films().getMovie(id, context) },
      ['gives an earlier answer again only when the provider says that it still holds'],
    ],
    [
      'is deaf to signals',
      {
        searchMovies: async (query, { attempt }) =>
          deaf(await films().searchMovies(query, { attempt, signal: new AbortController().signal })),
      },
      ['hears a signal that has aborted', 'hears a signal that aborts under way'],
    ],
    [
      'keeps the query of a call in a field of its own',
      (() => {
        let last = '';
        return {
          searchMovies: async ({ text }, context) => {
            last = text;
            await Promise.resolve();
            return films().searchMovies({ text: last }, context);
          },
        } satisfies Partial<MovieApiClient>;
      })(),
      ['answers calls that are made at the same time, each its own'],
    ],
  ])('%s', async (_what, broken, expected) => {
    expect(await failuresOfFilms(broken)).toEqual(expected);
  });

  test('fails otherwise than with an API_* code where its provider cannot be reached', async () => {
    const unreachable = films().onSearch({ error: new ReelflowError('UNEXPECTED', 'fetch failed') });
    expect(await failuresOfFilms({}, unreachable)).toEqual([
      'fails with an API_* code where its provider cannot be reached',
    ]);
  });
});

const posts = () => new FakeReviewClient({ reviews: sampleReviews(0, 35), usdPerPost: 0.01 });
const failuresOfPosts = (broken: Partial<ReviewApiClient>) =>
  failuresOf((run) =>
    reviewApiClientContract(run, async () => {
      const sound = posts();
      const client: ReviewApiClient = {
        name: 'posts',
        searchReviews: (query, context) => sound.searchReviews(query, context),
        estimateSpend: (query) => sound.estimateSpend(query),
        ...broken,
      };
      return { client, movie, secret };
    }),
  );

describe('the contract of ReviewApiClient finds a client that', () => {
  const onPage = (change: (page: Awaited<ReturnType<ReviewApiClient['searchReviews']>>) => object) => ({
    searchReviews: async (...call: Parameters<ReviewApiClient['searchReviews']>) => {
      const page = await posts().searchReviews(...call);
      return { ...page, ...change(page) };
    },
  });
  const schema = 'brings posts about the film that pass the schema, and no more than were wanted';

  test.each<[string, Partial<ReviewApiClient>, string[]]>([
    ['is sound', {}, []],
    ['has no name', { name: '' }, ['has a name']],
    [
      'brings more than were wanted',
      {
        searchReviews: (query, context) =>
          posts().searchReviews({ ...query, maxResults: query.maxResults + 1 }, context),
      },
      [
        schema,
        'says what a page costs, and never more than it estimated',
        'goes on where the page before ended, without doubles, to its end',
        'answers calls that are made at the same time, each its own',
      ],
    ],
    [
      'makes numbers of ids',
      onPage(({ reviews }) => ({ reviews: reviews.map((post) => ({ ...post, tweetId: Number(post.tweetId) })) })),
      [
        schema,
        'goes on where the page before ended, without doubles, to its end', // the last digits are gone
        'brings nothing older than the post it is told of',
      ],
    ],
    [
      'gives the local time of posts',
      onPage(({ reviews }) => ({
        reviews: reviews.map((post) => ({ ...post, createdAt: post.createdAt.replace('.000Z', '+00:00') })),
      })),
      [schema],
    ],
    [
      'brings posts of other films',
      onPage(({ reviews }) => ({ reviews: reviews.map((post) => ({ ...post, tmdbId: 7 })) })),
      [schema],
    ],
    [
      'keeps rejected records as objects',
      onPage(() => ({
        rejected: [
          { kind: 'review', reason: { code: 'DATA_MISSING_FIELD', message: 'no text' }, field: 'text', raw: {} },
        ],
      })),
      ['says of each record that it skipped why, and what it was'],
    ],
    [
      'estimates less than it spends',
      { estimateSpend: () => ({ usd: 0.01, posts: 1 }) },
      ['says what a page costs, and never more than it estimated'],
    ],
    [
      'starts over with each page',
      {
        searchReviews: ({ cursor: _cursor, ...query }, context) => posts().searchReviews(query, context),
      },
      ['goes on where the page before ended, without doubles, to its end'],
    ],
    [
      'never comes to an end',
      onPage(({ nextCursor }) => ({ nextCursor: nextCursor ?? '1000' })),
      [
        'goes on where the page before ended, without doubles, to its end',
        'gives an empty page, and no next one, for a film nobody writes about',
      ],
    ],
    [
      'overlooks sinceId',
      { searchReviews: ({ sinceId: _sinceId, ...query }, context) => posts().searchReviews(query, context) },
      ['brings nothing older than the post it is told of'],
    ],
    [
      'fails for a film nobody writes about',
      {
        searchReviews: async (query, context) => {
          const page = await posts().searchReviews(query, context);
          if (page.reviews.length === 0) throw new ReelflowError('API_NOT_FOUND', 'no posts');
          return page;
        },
      },
      ['gives an empty page, and no next one, for a film nobody writes about'],
    ],
    [
      'is deaf to signals',
      {
        searchReviews: async (query, { attempt }) =>
          deaf(await posts().searchReviews(query, { attempt, signal: new AbortController().signal })),
      },
      ['hears a signal that has aborted', 'hears a signal that aborts under way'],
    ],
  ])('%s', async (_what, broken, expected) => {
    expect(await failuresOfPosts(broken)).toEqual(expected);
  });
});
