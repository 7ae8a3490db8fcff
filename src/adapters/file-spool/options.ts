import { resolve } from 'node:path';
import { ReelflowError } from '../../errors/reelflow-error.js';
import { guardLogger } from '../../ports/guard-logger.js';
import type { Logger } from '../../ports/logger.js';

export interface FileSpoolOptions {
  /** On a local disk; made, for this user alone, when the first entry comes. Several processes may share it. */
  readonly directory: string;
  /** How much may wait in this process's own file, in bytes. @default 268435456 (256 MiB) */
  readonly maxBytes?: number | undefined;
  /** Hears of damaged lines. @default none */
  readonly logger?: Logger | undefined;
}

export interface ResolvedFileSpoolOptions {
  readonly directory: string;
  readonly maxBytes: number;
  readonly logger: Logger;
}

export function resolveFileSpoolOptions(options: FileSpoolOptions): ResolvedFileSpoolOptions {
  const { directory, maxBytes = 256 * 1024 * 1024, logger } = options;
  if (typeof directory !== 'string' || directory.trim() === '' || directory.includes('\0')) {
    throw new ReelflowError('INVALID_OPTIONS', 'directory must be the path of a directory');
  }
  if (!Number.isSafeInteger(maxBytes) || maxBytes < 1) {
    throw new ReelflowError('INVALID_OPTIONS', `maxBytes must be a whole number from 1 up, got ${String(maxBytes)}`);
  }
  return Object.freeze({ directory: resolve(directory), maxBytes, logger: guardLogger(logger) });
}
