import type { NodeSqlite } from './node-sqlite.js';

/**
 * The `driver` for a DataSource of your own, `{ type: 'better-sqlite3', driver: await loadNodeSqlite(), ... }`, over
 * the SQLite that is built into Node. Loaded when asked for: on Node 22 its import prints an ExperimentalWarning.
 */
export async function loadNodeSqlite(): Promise<typeof NodeSqlite> {
  return (await import('./node-sqlite.js')).NodeSqlite;
}
