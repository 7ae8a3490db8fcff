import { afterAll, beforeAll, describe, test } from 'vitest';
import { TmdbClient } from '../../src/adapters/tmdb/index.js';
import { TwitterClient } from '../../src/adapters/twitter/index.js';
import { MemoryMovieClient, MemoryReviewClient } from '../../src/index.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.js';
import {
  FakeMovieClient,
  FakeReviewClient,
  movieApiClientContract,
  reviewApiClientContract,
} from '../../src/testing/index.js';
import { baahubali, posts, rrr, up } from '../workflow/setup.js';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

const films = [rrr, baahubali, up];
const known = rrr;
const unknownId = 4_000_000;
const secret = 'sandbox';
const nobodyListens = 'http://127.0.0.1:9';

describe('MovieApiClient: memory', () =>
  movieApiClientContract(test, async () => ({ client: new MemoryMovieClient(films), known, unknownId })));
describe('MovieApiClient: fake', () =>
  movieApiClientContract(test, async () => ({ client: new FakeMovieClient({ movies: films }), known, unknownId })));
describe('MovieApiClient: TMDB against the sandbox', () =>
  movieApiClientContract(test, async () => ({
    client: new TmdbClient({ accessToken: secret, baseUrl: sandbox.tmdbUrl }),
    unreachable: new TmdbClient({ accessToken: secret, baseUrl: nobodyListens }),
    secret,
    known,
    unknownId,
  })));

const reviews = posts(35);
describe('ReviewApiClient: memory', () =>
  reviewApiClientContract(test, async () => ({ client: new MemoryReviewClient(reviews), movie: rrr })));
describe('ReviewApiClient: fake', () =>
  reviewApiClientContract(test, async () => ({ client: new FakeReviewClient({ reviews }), movie: rrr })));
describe('ReviewApiClient: X against the sandbox', () =>
  reviewApiClientContract(test, async () => ({
    client: new TwitterClient({ bearerToken: secret, baseUrl: sandbox.xUrl }),
    unreachable: new TwitterClient({ bearerToken: secret, baseUrl: nobodyListens }),
    secret,
    movie: rrr,
  })));
