import { hash } from 'node:crypto';
import type { Dialect } from './dialect.js';
import type { PreparedSql } from './sql-connection.js';

export const prepared = (sql: string, { toDriver }: Pick<Dialect, 'toDriver'>): PreparedSql => ({
  name: `reelflow_${hash('sha1', sql)}`,
  text: toDriver(sql),
});
