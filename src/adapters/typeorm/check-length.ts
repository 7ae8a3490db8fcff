import { ReelflowError } from '../../errors/reelflow-error.js';
import type { Dialect } from './dialect.js';
import type { SqlParameter } from './sql-connection.js';

const bytesEach = 3;
/** What mysql2 puts a backslash before is among these. Source: its SqlString. */
const escaped = /["'\\\p{Cc}]/gu;

/**
 * A server that breaks the connection at a long statement would seem to be down, and the same write would be tried for
 * ever, before all that wait behind it.
 * @throws DB_CONSTRAINT
 */
export function checkLength(parameters: readonly SqlParameter[], { mostBytes }: Pick<Dialect, 'mostBytes'>): void {
  if (mostBytes === undefined) return;
  const texts = parameters.flat(2).filter((value) => typeof value === 'string');
  const characters = texts.reduce((sum, { length }) => sum + length, 0);
  if (characters * bytesEach <= mostBytes) return;
  const bytes = texts.reduce((sum, text) => sum + bytesOf(text), 0);
  if (bytes <= mostBytes) return;
  throw new ReelflowError('DB_CONSTRAINT', `a statement with ${bytes} bytes of values is more than the server takes`);
}

const bytesOf = (text: string): number => Buffer.byteLength(text) + (text.match(escaped)?.length ?? 0);
