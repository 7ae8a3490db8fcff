// A DataSource that belongs to your application: its entities and reelflow's tables live in one database, in one file.
// reelflow uses it and never closes it.
import { AutomatedWorkflowManager, MemoryMovieClient, MemoryReviewClient } from 'reelflow';
import { sampleMovie, sampleReviews } from 'reelflow/testing';
import { loadNodeSqlite, reelflowEntities, reelflowMigrations, TypeOrmRepository } from 'reelflow/typeorm';
import { DataSource, EntitySchema, type MigrationInterface, type QueryRunner, Table } from 'typeorm';

interface WatchlistEntry {
  id: number;
  tmdbId: number;
  note: string;
}

const watchlist = new EntitySchema<WatchlistEntry>({
  name: 'WatchlistEntry',
  tableName: 'watchlist',
  columns: {
    id: { type: 'integer', primary: true, generated: true },
    tmdbId: { type: 'integer', name: 'tmdb_id' },
    note: { type: 'text' },
  },
});

class CreateWatchlist implements MigrationInterface {
  readonly name = 'CreateWatchlist1700000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'watchlist',
        columns: [
          { name: 'id', type: 'integer', isPrimary: true, isGenerated: true, generationStrategy: 'increment' },
          { name: 'tmdb_id', type: 'integer' },
          { name: 'note', type: 'text' },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('watchlist');
  }
}

// On PostgreSQL, MySQL or MariaDB it is the same, with `type`, `host`, ... of yours and no `driver`.
const dataSource = new DataSource({
  type: 'better-sqlite3',
  driver: await loadNodeSqlite(), // Node's own SQLite: nothing to compile
  database: ':memory:',
  entities: [watchlist, ...reelflowEntities],
  migrations: [CreateWatchlist, ...reelflowMigrations],
});
await dataSource.initialize();
const migrations = await dataSource.runMigrations();
console.log('migrations run:', migrations.map(({ name }) => name).join(', '));

const manager = new AutomatedWorkflowManager({
  movies: new MemoryMovieClient([sampleMovie(), sampleMovie({ tmdbId: 2, title: 'Baahubali' })]),
  reviews: new MemoryReviewClient(sampleReviews(0, 10)),
  repository: await TypeOrmRepository.open({ dataSource }),
});
const { movie } = await manager.handleUserSearch('RRR');
await manager.close();

// The manager is closed; the DataSource is yours, and still open. Your tables can be joined with reelflow's.
console.log('still open:', dataSource.isInitialized);
await dataSource.getRepository(watchlist).save({ tmdbId: movie?.tmdbId ?? 0, note: 'for Friday' });
const rows = await dataSource
  .createQueryBuilder(watchlist, 'entry')
  .innerJoin('ReelflowMovie', 'film', 'film.tmdb_id = entry.tmdbId')
  .innerJoin('ReelflowReview', 'post', 'post.tmdb_id = entry.tmdbId')
  .select(['entry.note AS note', 'film.title AS title', 'COUNT(post.tweet_id) AS posts'])
  .groupBy('entry.id')
  .getRawMany();
console.log(rows);

await dataSource.destroy();
