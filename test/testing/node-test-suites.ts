// The contract suites under node:test, run by runners.test.ts.
import { describe, test } from 'node:test';
import { MemoryMovieClient } from '../../src/adapters/memory/memory-movie-client.ts';
import { MemoryRepository } from '../../src/adapters/memory/memory-repository.ts';
import { MemoryReviewClient } from '../../src/adapters/memory/memory-review-client.ts';
import { MovieSentimentAnalyzer } from '../../src/analysis/movie-sentiment-analyzer.ts';
import { MovieRecommender } from '../../src/recommend/movie-recommender.ts';
import { SlidingLog } from '../../src/resilience/sliding-log.ts';
import {
  CollectingLogger,
  loggerContract,
  movieApiClientContract,
  rateLimiterContract,
  recommenderContract,
  repositoryContract,
  reviewApiClientContract,
  sampleMovie,
  sampleReviews,
  sentimentAnalyzerContract,
} from '../../src/testing/index.ts';

const movie = sampleMovie();
const clientOfFilms = async () => ({ client: new MemoryMovieClient([movie]), known: movie, unknownId: 1 });
const clientOfPosts = async () => ({ client: new MemoryReviewClient(sampleReviews(0, 35)), movie });

describe('MovieApiClient', () => movieApiClientContract(test, clientOfFilms));
describe('ReviewApiClient', () => reviewApiClientContract(test, clientOfPosts));
describe('Repository', () => repositoryContract(test, async () => new MemoryRepository()));
describe('SentimentAnalyzer', () =>
  sentimentAnalyzerContract(test, async () => ({ analyzer: new MovieSentimentAnalyzer() })));
describe('Recommender', () => recommenderContract(test, async () => new MovieRecommender()));
describe('RateLimiter', () => rateLimiterContract(test, (limits) => new SlidingLog(limits)));
describe('Logger', () => loggerContract(test, async () => ({ logger: new CollectingLogger() })));
