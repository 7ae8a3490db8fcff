import { test } from 'vitest';
import { TypeOrmRepository } from '../../src/adapters/typeorm/index.js';
import { repositoryContract } from '../../src/testing/repository-contract.js';
import { emptied } from '../adapters/typeorm/server-tables.js';
import { describeOnServers } from '../support/databases.js';

describeOnServers('database coordination: TypeOrmRepository', ({ options }) => {
  const prefix = emptied(options, 'contract_');
  repositoryContract(test, async () => TypeOrmRepository.open({ ...options, tablePrefix: await prefix() }));
});
