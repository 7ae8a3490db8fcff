import * as z from 'zod';
import type { TriggerRecord } from '../../trigger/trigger-outcome.js';

/** A host's own event may carry anything: what is no JSON, or longer than this, is left out. */
const longestData = 4096;

export const recentTriggerSchema = z.strictObject({
  event: z.string(),
  /** null: it cannot be written as JSON, or is too long. */
  data: z.unknown(),
  at: z.iso.datetime(),
  outcomes: z.array(
    z.strictObject({
      callback: z.string(),
      success: z.boolean(),
      duration_ms: z.number(),
      error: z.string().optional(),
    }),
  ),
});

type WireTrigger = z.infer<typeof recentTriggerSchema>;

/** Writes triggers for the wire; the data of each is written once, however often it is asked for. */
export class TriggerWriter {
  readonly #written = new WeakMap<object, object>();

  write({ event, data, at, outcomes }: TriggerRecord): WireTrigger {
    return {
      event,
      data: this.#data(data),
      at,
      outcomes: outcomes.map(({ callback, success, durationMs, error }) => ({
        callback,
        success,
        duration_ms: durationMs,
        ...(error === undefined ? {} : { error }),
      })),
    };
  }

  #data(data: unknown): WireTrigger['data'] {
    if (typeof data !== 'object' || data === null) return plain(data);
    const known = this.#written.get(data);
    if (known !== undefined) return known;
    const written = plain(data);
    if (typeof written === 'object' && written !== null) this.#written.set(data, written);
    return written;
  }
}

/** In snake_case, since a search's data is a part of the wire too. */
function plain(data: unknown): WireTrigger['data'] {
  try {
    const text: string | undefined = JSON.stringify(data, snakeCased);
    return text === undefined || text.length > longestData ? null : JSON.parse(text);
  } catch {
    return null; // a cycle, a BigInt, a toJSON that throws
  }
}

function snakeCased(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name.replace(/(?<=[a-z0-9])[A-Z]/g, (capital) => `_${capital.toLowerCase()}`),
      field,
    ]),
  );
}
