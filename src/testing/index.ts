export {
  type MovieClientUnderTest,
  movieApiClientContract,
  type ReviewClientUnderTest,
  reviewApiClientContract,
} from './api-client-contract.js';
export { FakeMovieClient, type FakeMovieClientOptions, type MovieCall } from './fake-movie-client.js';
export { FakeReviewClient, type FakeReviewClientOptions } from './fake-review-client.js';
export { type CreateRepository, repositoryContract } from './repository-contract.js';
export type { FakeStep } from './script.js';
export type { TestFunction } from './test-function.js';
