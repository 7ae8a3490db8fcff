import { EntitySchema, type EntitySchemaColumnOptions } from 'typeorm';
import { columnType, type DatabaseType } from './column-types.js';
import {
  type Column,
  type Columns,
  forgottenColumns,
  markerColumns,
  movieColumns,
  quarantineColumns,
  recommendationColumns,
  reviewColumns,
  runColumns,
  stepColumns,
  titleColumns,
} from './columns.js';
import { defaultTablePrefix, tableNames } from './tables.js';

/**
 * Makes the entities of our tables, for a DataSource of yours. They describe the tables; rows stay ours.
 * @param prefix - begins every table's name
 * @param database - the kind of server, for exact types; 'mariadb' for a MariaDB server whatever driver name you use
 */
export function createEntities(prefix: string, database: DatabaseType = 'better-sqlite3'): EntitySchema[] {
  const names = tableNames(prefix);
  const entity = (
    name: string,
    tableName: string,
    columns: Columns,
    { unique, index }: { readonly unique?: string; readonly index?: string[] } = {},
  ) =>
    new EntitySchema({
      name,
      tableName,
      columns: Object.fromEntries(
        Object.entries(columns).map(([columnName, column]) => [columnName, toOptions(column, database)]),
      ),
      indices: [
        ...(unique === undefined ? [] : [{ name: `uq_${tableName}_${unique}`, columns: [unique], unique: true }]),
        ...(index === undefined ? [] : [{ name: `ix_${tableName}_${index[0]}`, columns: index }]),
      ],
    });
  return [
    entity('ReelflowMovie', names.movies, movieColumns, { unique: 'tmdb_id', index: ['changed_at', 'id'] }),
    entity('ReelflowMovieTitle', names.movieTitles, titleColumns, { index: ['tmdb_id'] }),
    entity('ReelflowReview', names.reviews, reviewColumns, { unique: 'tweet_id', index: ['tmdb_id', 'created_at'] }),
    entity('ReelflowRun', names.runs, runColumns, { index: ['status', 'lease_until'] }),
    entity('ReelflowRunStep', names.runSteps, stepColumns),
    entity('ReelflowRecommendation', names.recommendations, recommendationColumns),
    entity('ReelflowQuarantine', names.quarantine, quarantineColumns),
    entity('ReelflowMarker', names.markers, markerColumns),
    entity('ReelflowForgotten', names.forgotten, forgottenColumns),
  ];
}

const toOptions = (
  { kind, primary = false, nullable = false }: Column,
  database: DatabaseType,
): EntitySchemaColumnOptions => ({
  ...columnType(kind, database),
  primary,
  nullable,
  ...(kind === 'id' ? { generated: 'increment' as const } : {}),
});

/**
 * For a host's DataSource: add them to its `entities`. With `synchronize` or generated migrations on another database
 * than SQLite take {@link createEntities}, which declares its types.
 */
export const reelflowEntities: EntitySchema[] = createEntities(defaultTablePrefix);
