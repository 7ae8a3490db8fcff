import { hash } from 'node:crypto';
import type { Dialect } from './dialect.js';
import type { PreparedSql } from './sql-connection.js';

export const prepared = (sql: string, dialect: Dialect): PreparedSql => ({
  name: `reelflow_${hash('sha1', sql)}`,
  text: dialect.toDriver(sql),
});
