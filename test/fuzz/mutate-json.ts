import type { Chance } from './chance.js';
import { oddLike, oddValue, withKey } from './odd-values.js';

interface Place {
  readonly parent: object;
  readonly key: string;
}

/** Changes some places of a JSON value, in place. @returns what was done, to read in a failure */
export function mutateJson(root: { value: unknown }, chance: Chance): string[] {
  const done: string[] = [];
  for (let left = chance.whole(1, 5); left > 0; left -= 1) {
    const { parent, key } = chance.of(placesOf(root));
    const [name, mutation] = chance.of(mutations);
    mutation(parent, key, chance);
    done.push(`${name} ${key}`);
  }
  return done;
}

type Mutation = (parent: object, key: string, chance: Chance) => void;

const mutations: ReadonlyArray<readonly [name: string, mutation: Mutation]> = [
  ['replace', (parent, key, chance) => void withKey(parent, key, oddValue(chance))],
  ['spoil', spoil],
  ['spoil', spoil],
  ['spoil', spoil],
  ['delete', (parent, key) => remove(parent, key)],
  ['retype', (parent, key) => void withKey(parent, key, retyped(Reflect.get(parent, key)))],
  ['repeat', repeat],
  ['turn over', turnOver],
  ['add a key to', addKey],
];

function placesOf(root: { value: unknown }): Place[] {
  const places: Place[] = [];
  const open: Place[] = [{ parent: root, key: 'value' }];
  for (let place = open.pop(); place !== undefined && places.length < 2000; place = open.pop()) {
    places.push(place);
    const value: unknown = Reflect.get(place.parent, place.key);
    if (typeof value !== 'object' || value === null) continue;
    for (const key of Object.keys(value)) open.push({ parent: value, key });
  }
  return places;
}

function spoil(parent: object, key: string, chance: Chance): void {
  void withKey(parent, key, oddLike(Reflect.get(parent, key), chance));
}

function remove(parent: object, key: string): void {
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else if (key !== 'value') Reflect.deleteProperty(parent, key);
}

function retyped(value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return value === '' || Number.isNaN(Number(value)) ? [value] : Number(value);
  if (typeof value === 'boolean') return Number(value);
  return value === null ? {} : JSON.stringify(value);
}

/** An item of a list comes several times more, as it is or a little changed. */
function repeat(parent: object, key: string, chance: Chance): void {
  const list: unknown = Array.isArray(parent) ? parent : Reflect.get(parent, key);
  if (!Array.isArray(list) || list.length === 0) return;
  const item: unknown = chance.of(list.map((value: unknown) => ({ value }))).value;
  for (let left = chance.whole(1, 30); left > 0; left -= 1) list.push(structuredClone(item));
}

/** A list becomes an object, an object a list. */
function turnOver(parent: object, key: string): void {
  const value: unknown = Reflect.get(parent, key);
  if (typeof value !== 'object' || value === null) void withKey(parent, key, [value]);
  else void withKey(parent, key, Array.isArray(value) ? { ...value } : Object.values(value));
}

function addKey(parent: object, key: string, chance: Chance): void {
  const value: unknown = Reflect.get(parent, key);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  const name = chance.of(['__proto__', 'constructor', 'toString', 'unknown', '', 'length', 'then', 'toJSON']);
  void withKey(value, name, chance.oneIn(2) ? { polluted: true } : oddValue(chance));
}
