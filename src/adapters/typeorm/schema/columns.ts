import type { Kind } from './column-types.js';

export interface Column {
  readonly kind: Kind;
  readonly primary?: boolean;
  readonly nullable?: boolean;
}
export type Columns = Readonly<Record<string, Column>>;

const id: Column = { kind: 'id', primary: true };
const integer: Column = { kind: 'integer' };
const big: Column = { kind: 'bigint' };
const real: Column = { kind: 'real' };
const text: Column = { kind: 'text' };
const varchar = (length: number): Column => ({ kind: `varchar(${length})` });
const time = varchar(32);
const key = (column: Column): Column => ({ ...column, primary: true });
const orNull = (column: Column): Column => ({ ...column, nullable: true });

export const movieColumns: Columns = {
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
  analyzed_at: orNull(time),
  fetched_at: time,
  seen_at: time,
  changed_at: time,
};

export const titleColumns: Columns = { title_key: key(varchar(255)), slot: key(big), tmdb_id: big };

export const reviewColumns: Columns = {
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

export const runColumns: Columns = {
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

export const stepColumns: Columns = {
  workflow_id: key(varchar(100)),
  step: key(varchar(16)),
  checkpoint_key: key(varchar(255)),
  content: text,
};

export const recommendationColumns: Columns = {
  seed_tmdb_id: key(big),
  place: key(integer),
  tmdb_id: big,
  score: real,
  content: text,
  workflow_id: orNull(varchar(100)),
  recommended_at: time,
};

export const quarantineColumns: Columns = {
  id,
  kind: varchar(16),
  reason: text,
  field: orNull(text),
  raw: text,
  workflow_id: orNull(varchar(100)),
  quarantined_at: time,
};

export const markerColumns: Columns = { source: key(varchar(255)), position: big };

export const forgottenColumns: Columns = { tweet_id: key(varchar(64)), forgotten_at: time };

const all: Columns = {
  ...movieColumns,
  ...titleColumns,
  ...reviewColumns,
  ...runColumns,
  ...stepColumns,
  ...recommendationColumns,
  ...quarantineColumns,
  ...markerColumns,
  ...forgottenColumns,
};

/** What a column holds, whatever table it is in: columns of one name are of one kind. */
export const kindOf = (column: string): Kind | undefined => all[column]?.kind;
