import { chmod } from 'node:fs/promises';
import type { DatabaseSync } from 'node:sqlite';
import { privateFile } from './durable-files.js';

/** Result codes of SQLite, in the lower byte of `errcode`. Source: sqlite.org/rescode.html */
const results = { busy: 5, readOnly: 8 } as const;

/**
 * A lock that the operating system frees when its process ends, in whatever way. Node has no flock, but the SQLite that
 * is built in locks the file of a database for a transaction, between processes and within one.
 *
 * Never open a lock file otherwise: POSIX frees a process's locks on a file as soon as it closes any handle of it.
 */
export class SourceLock {
  readonly #database: DatabaseSync;

  private constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** The lock, or undefined when another one holds it; never waits. */
  static async take(path: string): Promise<SourceLock | undefined> {
    const { DatabaseSync } = await import('node:sqlite'); // not before it is needed: on Node 22 its import warns
    const database = new DatabaseSync(path);
    try {
      // A journal in memory leaves no second file, and without a commit the file stays empty. The change that is never
      // committed fails where the file cannot be written to: SQLite takes a shared lock there, and says nothing.
      database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE; PRAGMA user_version = 1');
      await chmod(path, privateFile).catch(() => undefined); // another one may just have tidied the file away
      return new SourceLock(database);
    } catch (error) {
      database.close();
      const result = resultOf(error);
      if (result === results.busy) return undefined;
      if (result === results.readOnly) throw Object.assign(new Error(`${path} is read-only`), { code: 'EROFS' });
      throw error;
    }
  }

  release(): void {
    if (this.#database.isOpen) this.#database.close();
  }
}

const resultOf = (error: unknown): number | undefined =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
