import { crc32 } from 'node:zlib';
import type { SpoolEntry } from '../../ports/spool.js';

/** What a line holds: `<crc32, 8 hex digits> <JSON>\n`. */
export interface StoredEntry extends SpoolEntry {
  readonly position: number;
  /** When it was handed to the spool, ISO 8601 in UTC. */
  readonly at: string;
}

const checksumLength = 8;

/** The part of a line that is known before its position is. */
export const encodeBody = ({ at, fence, batch }: Omit<StoredEntry, 'position'>): string =>
  JSON.stringify({ at, fence, batch });

export function encodeLine(position: number, body: string): Buffer {
  const json = Buffer.from(`{"position":${position},${body.slice(1)}`);
  return Buffer.concat([Buffer.from(`${checksumOf(json)} `), json, Buffer.from('\n')]);
}

/** The entry of a line without its newline, or undefined when the line is damaged. */
export function decodeLine(line: Buffer): StoredEntry | undefined {
  const json = line.subarray(checksumLength + 1);
  if (line.toString('latin1', 0, checksumLength + 1) !== `${checksumOf(json)} `) return undefined;
  try {
    const { position, at, fence, batch }: Partial<StoredEntry> = JSON.parse(json.toString());
    if (!Number.isSafeInteger(position) || position === undefined || position < 1) return undefined;
    if (typeof at !== 'string' || typeof batch !== 'object' || batch === null) return undefined;
    return typeof fence === 'number' ? { position, at, fence, batch } : { position, at, batch };
  } catch {
    return undefined; // no JSON, or longer than a text can be
  }
}

const checksumOf = (json: Buffer): string => crc32(json).toString(16).padStart(checksumLength, '0');
