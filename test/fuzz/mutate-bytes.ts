import { gzipSync } from 'node:zlib';
import type { Chance } from './chance.js';

type Mutation = (body: Buffer, chance: Chance) => Buffer;

const text = (body: Buffer): string => body.toString('utf8');

const mutations: ReadonlyArray<readonly [name: string, mutation: Mutation]> = [
  ['cut off', (body, chance) => body.subarray(0, chance.whole(0, body.length + 1))],
  ['cut off the beginning', (body, chance) => body.subarray(chance.whole(0, body.length + 1))],
  ['flip bits', flip],
  ['flip bits', flip],
  ['insert bytes', (body, chance) => insert(body, Buffer.from(bytes(chance, 20)), chance)],
  [
    'insert a sign',
    (body, chance) => insert(body, Buffer.from(chance.of(['"', '{', '[', ']', ',', '\\', '\u0000'])), chance),
  ],
  ['as UTF-16', (body) => Buffer.from(text(body), 'utf16le')],
  ['as Latin-1', (body) => Buffer.from(text(body), 'latin1')],
  ['Latin-1 read as UTF-8', (body) => Buffer.from(body.toString('latin1'), 'utf8')],
  ['with a byte order mark', (body) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body])],
  ['with the mark of UTF-16', (body) => Buffer.concat([Buffer.from([0xff, 0xfe]), body])],
  ['empty', () => Buffer.alloc(0)],
  ['twice', (body) => Buffer.concat([body, body])],
  ['packed', (body) => gzipSync(body)],
  ['all zeros', (body) => Buffer.alloc(body.length)],
  [
    'deep',
    (_body, chance) => deep(chance.of([100, 10_000, 200_000]), chance.of(['', '{"results":', '{"data":[', '{"data":'])),
  ],
  ['a number for each text', (body) => Buffer.from(text(body).replace(/"(\d+)"/g, '$1'))],
  ['numbers beyond all', (body) => Buffer.from(text(body).replace(/: ?\d+/g, ':1e999'))],
];

/** Changes an answer's bytes. @returns it, and what was done */
export function mutateBytes(body: Buffer, chance: Chance): readonly [body: Buffer, done: string] {
  const [name, mutation] = chance.of(mutations);
  return [mutation(body, chance), name];
}

const bytes = (chance: Chance, most: number): number[] =>
  Array.from({ length: chance.whole(1, most) }, () => chance.whole(0, 256));

function flip(body: Buffer, chance: Chance): Buffer {
  const flipped = Buffer.from(body);
  for (let left = chance.whole(1, 20); left > 0 && flipped.length > 0; left -= 1) {
    const at = chance.whole(0, flipped.length);
    flipped[at] = (flipped[at] ?? 0) ^ (1 << chance.whole(0, 8));
  }
  return flipped;
}

function insert(body: Buffer, more: Buffer, chance: Chance): Buffer {
  const at = chance.whole(0, body.length + 1);
  return Buffer.concat([body.subarray(0, at), more, body.subarray(at)]);
}

/** Well-formed JSON of so many levels. */
function deep(levels: number, before: string): Buffer {
  const ends = [...before].toReversed().map((sign) => ({ '{': '}', '[': ']' })[sign] ?? '');
  return Buffer.from(before + '['.repeat(levels) + ']'.repeat(levels) + ends.join(''));
}
