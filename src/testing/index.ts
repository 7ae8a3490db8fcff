export { type CreateRepository, repositoryContract } from './repository-contract.js';
export type { TestFunction } from './test-function.js';
