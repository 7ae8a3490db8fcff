import { hash } from 'node:crypto';

/** A statement that comes again and again in the same words. */
export interface PreparedSql {
  /** Another one for other tables on the same connection of a host. */
  readonly name: string;
  /** As the driver takes it. */
  readonly text: string;
}

export const prepared = (sql: string, { toDriver }: { readonly toDriver: (sql: string) => string }): PreparedSql => ({
  name: `reelflow_${hash('sha1', sql)}`,
  text: toDriver(sql),
});
