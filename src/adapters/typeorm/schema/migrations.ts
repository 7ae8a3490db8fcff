import { type MigrationInterface, type QueryRunner, Table, type TableColumnOptions, TableIndex } from 'typeorm';
import { columnType, type DatabaseType, type Kind } from './column-types.js';
import { defaultTablePrefix, tableNames } from './tables.js';

/**
 * Makes the migrations for tables with another prefix than 'reelflow_'. Times are ISO 8601 texts, lists JSON texts
 * and flags 0 or 1, so that the same rows fit every database. There are no foreign keys: a post outlives a film that
 * was rejected or swept, and a diverted write may come before the run it belongs to.
 */
export function createMigrations(prefix: string): Array<new () => MigrationInterface> {
  const names = tableNames(prefix);
  const of = prefix === defaultTablePrefix ? '' : `_${prefix}_`; // a migration of the same name would count as done

  class CreateReelflowTables implements MigrationInterface {
    readonly name = `CreateReelflowTables${of}1763942400000`;

    async up(runner: QueryRunner): Promise<void> {
      const database = await databaseOf(runner);
      // Where tables are not part of a transaction a crash may have left some of them.
      const mayBeThere = database === 'mysql' || database === 'mariadb';
      for (const table of firstTables(prefix, database)) await runner.createTable(table, mayBeThere);
    }

    async down(runner: QueryRunner): Promise<void> {
      for (const table of Object.values(names).reverse()) await runner.dropTable(table);
    }
  }

  return [CreateReelflowTables];
}

/** For a host's DataSource: add them to its `migrations`. */
export const reelflowMigrations = createMigrations(defaultTablePrefix);

async function databaseOf(runner: QueryRunner): Promise<DatabaseType> {
  const { type } = runner.dataSource.options;
  if (type === 'postgres') return type;
  if (type !== 'mysql' && type !== 'mariadb') return 'better-sqlite3';
  // Either name of the driver reaches either server, and they have no collation in common.
  const [row]: ReadonlyArray<{ readonly version: string }> = await runner.query('SELECT version() AS version');
  return row?.version.includes('MariaDB') === true ? 'mariadb' : 'mysql';
}

const nullable = { isNullable: true };
const key = { isPrimary: true };

/** The tables of the first release, fixed: later releases add migrations of their own. */
function firstTables(prefix: string, database: DatabaseType): readonly Table[] {
  const names = tableNames(prefix);
  const column = (name: string, kind: Kind, more: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
    name,
    ...columnType(kind, database),
    ...more,
  });
  const id = column('id', 'id', { isPrimary: true, isGenerated: true, generationStrategy: 'increment' });
  const index = (table: string, columns: string[], isUnique = false) =>
    new TableIndex({ name: `${isUnique ? 'uq' : 'ix'}_${table}_${columns[0]}`, columnNames: columns, isUnique });
  return [
    new Table({
      name: names.movies,
      columns: [
        id,
        column('tmdb_id', 'bigint'),
        column('title', 'text'),
        column('original_title', 'text'),
        column('original_language', 'varchar(35)', nullable),
        column('release_date', 'varchar(10)', nullable),
        ...['genres', 'keywords', 'cast_names', 'directors', 'overview'].map((name) => column(name, 'text')),
        column('rating', 'real'),
        column('vote_count', 'bigint'),
        column('popularity', 'real'),
        column('runtime_minutes', 'integer', nullable),
        column('poster_path', 'text', nullable),
        column('detailed', 'integer'),
        column('related_ids', 'text'),
        column('collections', 'text'),
        column('sentiment', 'text', nullable),
        column('analyzed_at', 'varchar(32)', nullable),
        column('fetched_at', 'varchar(32)'),
        column('seen_at', 'varchar(32)'),
        column('changed_at', 'varchar(32)'),
      ],
      indices: [index(names.movies, ['tmdb_id'], true), index(names.movies, ['changed_at', 'id'])],
    }),
    new Table({
      name: names.movieTitles,
      columns: [column('title_key', 'varchar(255)', key), column('slot', 'bigint', key), column('tmdb_id', 'bigint')],
      indices: [index(names.movieTitles, ['tmdb_id'])],
    }),
    new Table({
      name: names.reviews,
      columns: [
        id,
        column('tweet_id', 'varchar(64)'),
        column('tmdb_id', 'bigint'),
        column('text', 'text'),
        column('author_id', 'varchar(64)', nullable),
        column('created_at', 'varchar(32)'),
        column('language', 'varchar(35)', nullable),
        ...['like_count', 'repost_count', 'reply_count'].map((name) => column(name, 'bigint')),
        column('source', 'varchar(100)'),
        column('fetched_at', 'varchar(32)'),
        column('score', 'real', nullable),
        column('label', 'varchar(16)', nullable),
        column('confidence', 'real', nullable),
        column('analyzer', 'varchar(100)', nullable),
      ],
      indices: [index(names.reviews, ['tweet_id'], true), index(names.reviews, ['tmdb_id', 'created_at'])],
    }),
    new Table({
      name: names.runs,
      columns: [
        column('workflow_id', 'varchar(100)', key),
        column('status', 'varchar(16)'),
        column('movie_name', 'text'),
        column('options', 'text'),
        column('result', 'text', nullable),
        column('started_at', 'varchar(32)'),
        column('finished_at', 'varchar(32)', nullable),
        column('owner', 'varchar(200)', nullable),
        column('lease_until', 'varchar(32)', nullable),
        column('fence', 'integer'),
      ],
      indices: [index(names.runs, ['status', 'lease_until'])],
    }),
    new Table({
      name: names.runSteps,
      columns: [
        column('workflow_id', 'varchar(100)', key),
        column('step', 'varchar(16)', key),
        // '' for the outcome of the step, else the key of a checkpoint.
        column('checkpoint_key', 'varchar(255)', key),
        column('content', 'text'),
      ],
    }),
    new Table({
      name: names.recommendations,
      columns: [
        column('seed_tmdb_id', 'bigint', key),
        column('place', 'integer', key),
        column('tmdb_id', 'bigint'),
        column('score', 'real'),
        column('content', 'text'),
        column('workflow_id', 'varchar(100)', nullable),
        column('recommended_at', 'varchar(32)'),
      ],
    }),
    new Table({
      name: names.quarantine,
      columns: [
        id,
        column('kind', 'varchar(16)'),
        column('reason', 'text'),
        column('field', 'text', nullable),
        column('raw', 'text'),
        column('workflow_id', 'varchar(100)', nullable),
        column('quarantined_at', 'varchar(32)'),
      ],
    }),
    new Table({
      name: names.markers,
      columns: [column('source', 'varchar(255)', key), column('position', 'bigint')],
    }),
    new Table({
      name: names.forgotten,
      columns: [column('tweet_id', 'varchar(64)', key), column('forgotten_at', 'varchar(32)')],
    }),
  ];
}
