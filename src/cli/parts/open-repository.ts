import type { TypeOrmRepository } from '../../adapters/typeorm/index.js';
import { ReelflowError } from '../../errors/reelflow-error.js';
import type { DatabaseOptions } from './database-options.js';

/** @throws DB_*, INVALID_OPTIONS, or DEPENDENCY_MISSING with the package to install */
export async function openRepository(options: DatabaseOptions): Promise<TypeOrmRepository> {
  const { TypeOrmRepository } = await loadDatabaseAdapter();
  return TypeOrmRepository.open(options);
}

/** TypeORM is a peer: a package manager that installs none leaves the command without it. @throws DEPENDENCY_MISSING */
export async function loadDatabaseAdapter() {
  try {
    return await import('../../adapters/typeorm/index.js');
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND';
    if (!missing || !/'typeorm'/.test(cause.message)) throw cause;
    throw new ReelflowError('DEPENDENCY_MISSING', 'the database needs the package typeorm: npm install typeorm', {
      cause,
    });
  }
}
