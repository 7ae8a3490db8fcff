import type { SerializedError } from '../errors/serialized-error.js';

export type RecordKind = 'movie' | 'review';

/** A record that was skipped, with the reason and enough of the raw text to judge it. */
export interface RejectedRecord {
  readonly kind: RecordKind;
  readonly reason: SerializedError;
  /** Path of the field at fault, such as 'public_metrics.like_count', or null when the whole record is. */
  readonly field: string | null;
  /** The record as JSON text, cut at {@link maxRawLength} characters. */
  readonly raw: string;
}

/** A rejected record in the repository's quarantine. */
export interface QuarantinedRecord extends RejectedRecord {
  /** The repository's own id, as text; ids grow with time. */
  readonly id: string;
  readonly workflowId: string | null;
  /** ISO 8601, UTC. */
  readonly quarantinedAt: string;
}

/** Longest raw text that quarantine keeps, in UTF-16 units. */
const maxRawLength = 4096;

/** The raw text of a record for quarantine: JSON, cut to {@link maxRawLength}; never throws. */
export const rawText = (record: unknown): string => storableText(fullText(record).slice(0, maxRawLength));

/** The text with U+FFFD for what no store holds: NUL and halves of characters. */
export const storableText = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD');

function fullText(record: unknown): string {
  if (typeof record === 'string') return record;
  for (const write of [JSON.stringify, String]) {
    try {
      const text: string | undefined = write(record);
      if (text !== undefined) return text;
    } catch {
      // A cycle or a BigInt is no JSON; a list of thousands of levels, or an object without a prototype, no text either.
    }
  }
  return Object.prototype.toString.call(record);
}
