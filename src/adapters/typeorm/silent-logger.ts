import type { Logger } from 'typeorm';

/** TypeORM prints a failed migration even with `logging: false`; the error says it, and stdout is the host's. */
export const silentLogger: Logger = {
  logQuery() {},
  logQueryError() {},
  logQuerySlow() {},
  logSchemaBuild() {},
  logMigration() {},
  log() {},
};
