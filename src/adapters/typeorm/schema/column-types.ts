/** The databases that the tables are made for, by TypeORM's names. */
export type DatabaseType = 'better-sqlite3' | 'postgres' | 'mysql' | 'mariadb';

export type Kind = 'id' | 'integer' | 'bigint' | 'real' | 'text' | `varchar(${number})`;

/** A column's type as TypeORM takes it, in entities and in migrations. */
export interface ColumnType {
  readonly type: 'integer' | 'int' | 'bigint' | 'double precision' | 'double' | 'text' | 'longtext' | 'varchar';
  readonly length?: string;
  readonly charset?: string;
  readonly collation?: string;
}

/** Texts are compared byte by byte: under a collation of a language two ids, or two titles, may count as equal. */
const byteByByte: Readonly<Record<DatabaseType, Pick<ColumnType, 'charset' | 'collation'>>> = {
  'better-sqlite3': {},
  postgres: { collation: 'C' },
  mysql: { charset: 'utf8mb4', collation: 'utf8mb4_0900_bin' },
  mariadb: { charset: 'utf8mb4', collation: 'utf8mb4_nopad_bin' },
};

/** How a kind of column is declared in a database. */
export function columnType(kind: Kind, database: DatabaseType): ColumnType {
  const isMysql = database === 'mysql' || database === 'mariadb';
  const [, length] = /^varchar\((\d+)\)$/.exec(kind) ?? [];
  if (length !== undefined) return { type: 'varchar', length, ...byteByByte[database] };
  switch (kind) {
    case 'id': // an upsert takes a number even where it only updates, so that 32 bits would be used up one day
      return { type: database === 'better-sqlite3' ? 'integer' : 'bigint' };
    case 'real':
      return { type: isMysql ? 'double' : 'double precision' };
    case 'text': // MySQL's own TEXT ends at 64 kB
      return { type: isMysql ? 'longtext' : 'text', ...byteByByte[database] };
    case 'bigint':
      return { type: 'bigint' };
    default:
      return { type: isMysql ? 'int' : 'integer' };
  }
}
