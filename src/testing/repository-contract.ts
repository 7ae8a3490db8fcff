import type { Repository } from '../ports/repository.js';
import { batchContract } from './repository/batch-contract.js';
import { filmContract } from './repository/film-contract.js';
import { lookupContract } from './repository/lookup-contract.js';
import { maintenanceContract } from './repository/maintenance-contract.js';
import type { RepositoryTest } from './repository/repository-test.js';
import { reviewContract } from './repository/review-contract.js';
import { runContract } from './repository/run-contract.js';
import type { TestFunction } from './test-function.js';

/** Makes an empty repository; the suite closes what it was given. */
export type CreateRepository = () => Promise<Repository>;

/**
 * What every {@link Repository} must do, as tests for the runner you use:
 * `repositoryContract(test, () => MyRepository.open(...))`. It uses node:assert and no clock but the system's.
 */
export function repositoryContract(test: TestFunction, create: CreateRepository): void {
  const onFresh: RepositoryTest = (name, run) => {
    test(name, async () => {
      const repository = await create();
      try {
        await run(repository);
      } finally {
        await repository.close?.();
      }
    });
  };
  for (const part of [filmContract, reviewContract, lookupContract, batchContract, runContract, maintenanceContract]) {
    part(onFresh);
  }
}
