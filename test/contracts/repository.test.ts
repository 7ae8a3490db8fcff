import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { MemoryRepository } from '../../src/adapters/memory/index.js';
import { TypeOrmRepository } from '../../src/adapters/typeorm/index.js';
import { repositoryContract } from '../../src/testing/repository-contract.js';

let directory: string;
let files = 0;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'reelflow-contract-'));
});
afterAll(() => rm(directory, { recursive: true }));

describe('database coordination: MemoryRepository', () => {
  repositoryContract(test, async () => new MemoryRepository());
});

describe('database coordination: TypeOrmRepository on SQLite in memory', () => {
  repositoryContract(test, () => TypeOrmRepository.open({ type: 'sqlite', database: ':memory:' }));
});

describe('database coordination: TypeOrmRepository on a SQLite file', () => {
  repositoryContract(test, () => {
    files += 1;
    return TypeOrmRepository.open({ type: 'sqlite', database: join(directory, `${files}.db`) });
  });
});
