import { inspect } from 'node:util';
import { everythingOf } from '../adapters/answer-server.js';

/** A credential with a core that survives every way of writing it but base64. */
export interface Secret {
  readonly name: string;
  readonly value: string;
  readonly core: string;
}

/** The letters of base64 that stand for the core alone, for each of the three places at which it can begin. */
function base64Of(core: string): string[] {
  return [0, 1, 2].map((before) => {
    const encoded = Buffer.from('-'.repeat(before) + core)
      .toString('base64')
      .replace(/=+$/, '');
    return encoded.slice(Math.ceil((before * 8) / 6), -2); // the letters at both ends belong to the neighbours too
  });
}

/** Every way in which an answer may repeat it: as it came, in a URL, decoded, in JSON, in base64. */
export const writtenForms = ({ value }: Secret): string[] => [
  value,
  encodeURIComponent(value),
  decoded(value),
  JSON.stringify(value).slice(1, -1),
  Buffer.from(value).toString('base64'),
  Buffer.from(value).toString('base64url'),
];

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** Everything that came out, as text, with where it came out. */
export class Traces {
  readonly #texts: Array<{ readonly where: string; readonly text: string }> = [];

  get size(): number {
    return this.#texts.length;
  }

  /** Whatever can be seen of a value: by JSON, by a debugger, by its own fields, hidden ones and causes too. */
  add(where: string, value: unknown): void {
    const shown = inspect(value, { depth: 12, showHidden: true, maxArrayLength: null, maxStringLength: null });
    this.#texts.push({ where, text: [String(value), jsonOf(value), shown, everythingOf(value)].join('\n') });
  }

  addText(where: string, text: string): void {
    this.#texts.push({ where, text });
  }

  /** Where the secret can be read, and around what. */
  leaksOf({ core, value }: Secret): string[] {
    const wanted = [value, core, core.split('').reverse().join(''), ...base64Of(core)];
    return this.#texts.flatMap(({ where, text }) => {
      const at = wanted.map((form) => text.indexOf(form)).find((index) => index >= 0);
      return at === undefined ? [] : [`${where}: ${text.slice(Math.max(0, at - 120), at + 60)}`];
    });
  }

  has(marker: string): boolean {
    return this.#texts.some(({ where, text }) => where.includes(marker) || text.includes(marker));
  }
}

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return ''; // it refers to itself
  }
}
