import { EntitySchema, type EntitySchemaColumnOptions } from 'typeorm';
import { columnType, type DatabaseType, type Kind } from './column-types.js';
import { defaultTablePrefix, tableNames } from './tables.js';

interface Column {
  readonly kind: Kind;
  readonly primary?: boolean;
  readonly nullable?: boolean;
}
type Columns = Readonly<Record<string, Column>>;
const id: Column = { kind: 'id', primary: true };
const integer: Column = { kind: 'integer' };
const big: Column = { kind: 'bigint' };
const real: Column = { kind: 'real' };
const text: Column = { kind: 'text' };
const varchar = (length: number): Column => ({ kind: `varchar(${length})` });
const time = varchar(32);
const key = (column: Column): Column => ({ ...column, primary: true });
const orNull = (column: Column): Column => ({ ...column, nullable: true });

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
    entity('ReelflowMarker', names.markers, { source: key(varchar(255)), position: big }),
    entity('ReelflowForgotten', names.forgotten, { tweet_id: key(varchar(64)), forgotten_at: time }),
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

const movieColumns: Columns = {
  id,
  tmdb_id: big,
  title: text,
  original_title: text,
  original_language: orNull(varchar(35)),
  release_date: orNull(varchar(10)),
  genres: text,
  keywords: text,
  cast_names: text,
  directors: text,
  overview: text,
  rating: real,
  vote_count: big,
  popularity: real,
  runtime_minutes: orNull(integer),
  poster_path: orNull(text),
  detailed: integer,
  related_ids: text,
  collections: text,
  sentiment: orNull(text),
  fetched_at: time,
  seen_at: time,
  changed_at: time,
};

const titleColumns: Columns = { title_key: key(varchar(255)), slot: key(big), tmdb_id: big };

const reviewColumns: Columns = {
  id,
  tweet_id: varchar(64),
  tmdb_id: big,
  text,
  author_id: orNull(varchar(64)),
  created_at: time,
  language: orNull(varchar(35)),
  like_count: big,
  repost_count: big,
  reply_count: big,
  source: varchar(100),
  fetched_at: time,
  score: orNull(real),
  label: orNull(varchar(16)),
  confidence: orNull(real),
  analyzer: orNull(varchar(100)),
};

const runColumns: Columns = {
  workflow_id: key(varchar(100)),
  status: varchar(16),
  movie_name: text,
  options: text,
  result: orNull(text),
  started_at: time,
  finished_at: orNull(time),
  owner: orNull(varchar(200)),
  lease_until: orNull(time),
  fence: integer,
};

const stepColumns: Columns = {
  workflow_id: key(varchar(100)),
  step: key(varchar(16)),
  checkpoint_key: key(varchar(255)),
  content: text,
};

const recommendationColumns: Columns = {
  seed_tmdb_id: key(big),
  place: key(integer),
  tmdb_id: big,
  score: real,
  content: text,
  workflow_id: orNull(varchar(100)),
  recommended_at: time,
};

const quarantineColumns: Columns = {
  id,
  kind: varchar(16),
  reason: text,
  field: orNull(text),
  raw: text,
  workflow_id: orNull(varchar(100)),
  quarantined_at: time,
};

/**
 * For a host's DataSource: add them to its `entities`. With `synchronize` or generated migrations on another database
 * than SQLite take {@link createEntities}, which declares its types.
 */
export const reelflowEntities: EntitySchema[] = createEntities(defaultTablePrefix);
