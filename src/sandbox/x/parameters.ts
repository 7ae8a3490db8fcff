import { selectable } from './fields.js';
import { Refusal } from './refusal.js';
import type { Names } from './vocabulary.js';

/** What is asked for of each object. */
export interface Selection {
  readonly names: Names;
  readonly fields: ReadonlySet<string>;
  readonly userFields: ReadonlySet<string>;
  readonly expansions: ReadonlySet<string>;
}

/** @throws Refusal for a parameter that the operation does not have in this vocabulary */
export function checkParameters(query: URLSearchParams, own: readonly string[]): void {
  for (const name of query.keys()) {
    if (!own.includes(name)) throw new Refusal(name, query.get(name), `There is no parameter ${name} here.`);
  }
}

/** The parameters by which an answer with posts is shaped. */
export const selecting = ({ vocabulary }: Names): string[] => Object.keys(selectable[vocabulary]);

/** @throws Refusal for a name that the vocabulary does not have */
export function readSelection(query: URLSearchParams, names: Names): Selection {
  const chosen = (parameter: string): ReadonlySet<string> => {
    const known = selectable[names.vocabulary][parameter] ?? [];
    const given = (query.get(parameter) ?? '').split(',').filter((name) => name !== '');
    for (const name of given) {
      if (!known.includes(name)) throw new Refusal(parameter, name, `${parameter} does not know the name ${name}.`);
    }
    return new Set(given);
  };
  for (const parameter of selecting(names)) chosen(parameter);
  return {
    names,
    fields: chosen(names.fields),
    userFields: chosen('user.fields'),
    expansions: chosen('expansions'),
  };
}

/** @throws Refusal for a value that is not in the list */
export function readChoice<Choice extends string>(
  query: URLSearchParams,
  name: string,
  choices: readonly [Choice, ...Choice[]],
): Choice {
  const value = query.get(name);
  const found = value === null ? choices[0] : choices.find((choice) => choice === value);
  if (found === undefined) throw new Refusal(name, value, `${name} must be one of ${choices.join(', ')}.`);
  return found;
}
