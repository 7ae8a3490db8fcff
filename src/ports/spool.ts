import type { WriteBatch } from './repository.js';

export interface SpooledBatch {
  readonly source: string;
  readonly position: number;
  readonly batch: WriteBatch;
}

/** Takes writes that the database could not, and gives them back in order. */
export interface Spool {
  /** Resolves when the batch is safe on disk. @throws DB_STORAGE_FULL when the spool is full */
  append(batch: WriteBatch): Promise<void>;
  /** The batches not yet acknowledged, oldest first. */
  read(): AsyncIterable<SpooledBatch>;
  /** Everything up to this batch has been applied. */
  acknowledge(upTo: { readonly source: string; readonly position: number }): Promise<void>;
  size(): Promise<number>;
  close?(): Promise<void>;
}
