import type { Chance } from './chance.js';

const texts: readonly string[] = [
  '',
  ' ',
  '\t\n',
  '\u0000',
  'a\u0000b\u001b[31m\u0007',
  '\u0085\u009f\u007f',
  '\ud800',
  'half \udfff a pair',
  '\uffff\ufffe',
  '\u202eright to left',
  '\u200b\u200d\ufeff',
  '&amp;lt;&#0;&#x110000;&quot;',
  '__proto__',
  'constructor',
  'null',
  'NaN',
  '-0',
  '1e309',
  '9'.repeat(30),
  '007',
  '9007199254740993',
  '../../etc/passwd',
  "'; DROP TABLE reelflow_movies; --",
  '2024-13-45T99:99:99Z',
  '2024-02-30',
  '0000-00-00',
  '+275760-09-13T00:00:00.000Z',
  '-000001-01-01T00:00:00Z',
  'part 1',
  'Sat Oct 10 20:19:24 +0000 2026',
  'e\u0301'.repeat(40),
  'z'.repeat(65),
];

const numbers: readonly number[] = [
  0,
  -0,
  -1,
  0.1,
  1e-320,
  1.7976931348623157e308,
  -1.7976931348623157e308,
  2 ** 31,
  2 ** 53,
  2 ** 53 + 2,
  1e21,
  -1e21,
  3_000_000_000,
  4.9e-324,
  10.0001,
];

/** A value of the same kind, which a check of types alone lets through. */
export function oddLike(value: unknown, chance: Chance): unknown {
  if (typeof value === 'number') return chance.of(numbers);
  if (typeof value === 'string') return chance.oneIn(100) ? 'long '.repeat(25_000) : chance.of(texts);
  return oddValue(chance);
}

/** A value of any kind, seldom a sane one. */
export function oddValue(chance: Chance, depth = 0): unknown {
  const kind = chance.whole(0, depth > 3 ? 5 : 8);
  if (kind === 0) return null;
  if (kind === 1) return chance.oneIn(2);
  if (kind === 2) return chance.of(numbers);
  if (kind === 3) return chance.of(texts);
  if (kind === 4)
    return chance.oneIn(40) ? 'long '.repeat(chance.of([25_000, 250_000])) : 'x'.repeat(chance.whole(0, 300));
  if (kind === 5) return Array.from({ length: chance.whole(0, 4) }, () => oddValue(chance, depth + 1));
  if (kind === 6) return nested(chance.of([3, 50, 400]), chance.oneIn(2));
  return withKey(
    {},
    chance.of(['id', 'name', '__proto__', 'results', 'text', 'constructor']),
    oddValue(chance, depth + 1),
  );
}

function nested(depth: number, inArrays: boolean): unknown {
  let value: unknown = 'deep';
  for (let level = 0; level < depth; level += 1) value = inArrays ? [value] : { deeper: value };
  return value;
}

/** `__proto__` as a key of its own, as JSON.parse makes it. */
export function withKey(object: object, key: string, value: unknown): object {
  return Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}
