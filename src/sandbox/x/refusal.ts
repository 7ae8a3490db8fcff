import type { Answer } from '../answer.js';
import type { Names } from './vocabulary.js';
import { namedProblem } from './x-problems.js';

/** Thrown while a request is read: X answers it with 400. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly #parameter: string;
  readonly #values: readonly string[];

  constructor(parameter: string, value: string | null, message: string) {
    super(message);
    this.#parameter = parameter;
    this.#values = value === null ? [] : [value];
  }

  toAnswer({ host }: Names): Answer {
    return namedProblem('invalid-request', {
      type: `${host}/2/problems/invalid-request`,
      errors: [{ parameters: { [this.#parameter]: this.#values }, message: this.message }],
    });
  }
}
