import { EntitySchema, type EntitySchemaColumnOptions } from 'typeorm';
import { defaultTablePrefix, tableNames } from './tables.js';

type Column = EntitySchemaColumnOptions;
const id: Column = { type: 'integer', primary: true, generated: 'increment' };
const integer: Column = { type: 'integer' };
const big: Column = { type: 'bigint' };
const real: Column = { type: 'double precision' };
const text: Column = { type: 'text' };
const varchar = (length: number): Column => ({ type: 'varchar', length });
const time = varchar(32);
const key = (column: Column): Column => ({ ...column, primary: true });
const orNull = (column: Column): Column => ({ ...column, nullable: true });

/** Makes the entities for tables with another prefix than 'reelflow_'. They describe the tables; rows stay ours. */
export function createEntities(prefix: string): EntitySchema[] {
  const names = tableNames(prefix);
  const entity = (
    name: string,
    tableName: string,
    columns: Record<string, Column>,
    indexed: readonly string[][] = [],
  ) =>
    new EntitySchema({
      name,
      tableName,
      columns,
      indices: indexed.map((indexColumns) => ({ name: `ix_${tableName}_${indexColumns[0]}`, columns: indexColumns })),
    });
  const unique = (name: string, tableName: string, columns: Record<string, Column>, by: string, indexed: string[]) =>
    new EntitySchema({
      name,
      tableName,
      columns,
      indices: [
        { name: `uq_${tableName}_${by}`, columns: [by], unique: true },
        { name: `ix_${tableName}_${indexed[0]}`, columns: indexed },
      ],
    });
  return [
    unique('ReelflowMovie', names.movies, movieColumns, 'tmdb_id', ['changed_at', 'id']),
    entity('ReelflowMovieTitle', names.movieTitles, titleColumns, [['tmdb_id']]),
    unique('ReelflowReview', names.reviews, reviewColumns, 'tweet_id', ['tmdb_id', 'created_at']),
    entity('ReelflowRun', names.runs, runColumns, [['status', 'lease_until']]),
    entity('ReelflowRunStep', names.runSteps, stepColumns),
    entity('ReelflowRecommendation', names.recommendations, recommendationColumns),
    entity('ReelflowQuarantine', names.quarantine, quarantineColumns),
    entity('ReelflowMarker', names.markers, { source: key(varchar(255)), position: big }),
  ];
}

const movieColumns: Record<string, Column> = {
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

const titleColumns: Record<string, Column> = { title_key: key(varchar(255)), slot: key(big), tmdb_id: big };

const reviewColumns: Record<string, Column> = {
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

const runColumns: Record<string, Column> = {
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

const stepColumns: Record<string, Column> = {
  workflow_id: key(varchar(100)),
  step: key(varchar(16)),
  checkpoint_key: key(varchar(255)),
  content: text,
};

const recommendationColumns: Record<string, Column> = {
  seed_tmdb_id: key(big),
  place: key(integer),
  tmdb_id: big,
  score: real,
  content: text,
  workflow_id: orNull(varchar(100)),
  recommended_at: time,
};

const quarantineColumns: Record<string, Column> = {
  id,
  kind: varchar(16),
  reason: text,
  field: orNull(text),
  raw: text,
  workflow_id: orNull(varchar(100)),
  quarantined_at: time,
};

/** For a host's DataSource: add them to its `entities`. */
export const reelflowEntities: EntitySchema[] = createEntities(defaultTablePrefix);
