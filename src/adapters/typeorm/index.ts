export type { DataSourceOptions, ServerOptions, SqliteOptions, TypeOrmRepositoryOptions } from './options.js';
export type { DatabaseType } from './schema/column-types.js';
export { createEntities, reelflowEntities } from './schema/entities.js';
export { createMigrations, reelflowMigrations } from './schema/migrations.js';
export { loadNodeSqlite } from './sqlite/load-node-sqlite.js';
export { TypeOrmRepository } from './typeorm-repository.js';
