import { join } from 'node:path';
import { FileSpool } from '../adapters/file-spool/index.js';
import { MemoryResponseCache } from '../adapters/memory/index.js';
import type { Logger } from '../ports/logger.js';
import type { Repository } from '../ports/repository.js';
import type { ResponseCache } from '../ports/response-cache.js';
import type { Spool } from '../ports/spool.js';

// The one place where the workflow knows adapters: those that a manager takes when none is given.

export interface SpoolDirectory {
  /** Of one database: what waits here is replayed into the repository of whoever opens it. */
  readonly directory: string;
  /** Bytes that may wait. @default 256 MiB */
  readonly maxBytes?: number | undefined;
}

export function createSpool({ directory, maxBytes }: SpoolDirectory, logger: Logger): Spool {
  return new FileSpool({ directory, logger, ...(maxBytes === undefined ? {} : { maxBytes }) });
}

/** A directory of its own for each database, below the working directory; null where nothing needs to outlive the process. */
export function defaultSpool({ isVolatile = false, identity }: Repository, logger: Logger): Spool | null {
  if (isVolatile || identity === undefined) return null;
  return createSpool({ directory: join('.reelflow', 'spool', identity) }, logger);
}

export const defaultCache = (): ResponseCache => new MemoryResponseCache();
