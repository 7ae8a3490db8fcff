import type { TypeOrmRepository } from '../../adapters/typeorm/index.js';
import type { CommandContext } from '../context.js';
import { databaseOptions } from './database-options.js';
import { openRepository } from './open-repository.js';

/** Opens the database of the settings, reads from it, and closes it whatever happens. */
export async function withRepository<Result>(
  context: CommandContext,
  work: (repository: TypeOrmRepository) => Promise<Result>,
): Promise<Result> {
  const repository = await openRepository(databaseOptions(await context.settings(), context.io.cwd));
  try {
    return await work(repository);
  } finally {
    await repository.close();
  }
}
