import { createRequire } from 'node:module';
import { expect, onTestFinished, test, vi } from 'vitest';
import { TypeOrmRepository } from '../../../src/adapters/typeorm/index.js';
import { failure } from './helpers.js';

// TypeORM loads drivers by this class of its own; the import of a package that is missing cannot be played otherwise.
const { PlatformTools } = createRequire(import.meta.url)('typeorm/platform/PlatformTools.js');

test.each([
  ['postgres', 'pg'],
  ['mysql', 'mysql2'],
  ['mariadb', 'mysql2'],
] as const)('error handling: without its driver, %s says to install %s', async (type, name) => {
  const load = vi.spyOn(PlatformTools, 'load').mockImplementation(() => {
    throw new Error('not installed');
  });
  onTestFinished(() => load.mockRestore());
  const thrown = await failure(TypeOrmRepository.open({ type, database: 'films' }));
  expect(thrown).toMatchObject({
    code: 'DEPENDENCY_MISSING',
    message: `${type} needs the package ${name}: npm install ${name}`,
  });
});
