import type { Chance } from './chance.js';

const statuses = [
  200, 200, 201, 204, 206, 300, 302, 304, 400, 401, 402, 403, 404, 405, 408, 409, 410, 418, 422, 429, 451,
] as const;
const serverErrors = [500, 501, 502, 503, 504, 520, 529, 599] as const;

const values: readonly string[] = [
  '',
  ' ',
  '0',
  '-1',
  '1.5',
  '1e9',
  '0x10',
  'NaN',
  'Infinity',
  '9'.repeat(30),
  '99999999999',
  '1791225000',
  'soon',
  '10, 20',
  'Wed, 21 Oct 2026 07:28:00 GMT',
  'Wed, 99 Foo 99999 99:99:99 GMT',
  '"unterminated',
  'W/"ok"',
  'no-store',
  'max-age=99999999999999999999',
  'max-age=-5, max-age=12',
  'text/html; charset=utf-16',
  'application/json; charset=latin1',
  'multipart/mixed',
  '\u00ff\u00fe',
  'x'.repeat(5000),
];

const names: readonly string[] = [
  'content-type',
  'retry-after',
  'date',
  'etag',
  'age',
  'cache-control',
  'x-rate-limit-limit',
  'x-rate-limit-remaining',
  'x-rate-limit-reset',
  'x-app-limit-24hour-limit',
  'x-app-limit-24hour-remaining',
  'x-app-limit-24hour-reset',
  'x-user-limit-24hour-remaining',
  'x-user-limit-24hour-reset',
];

export interface Head {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** Another status, other headers. @returns them, and what was done */
export function mutateHead({ status, headers }: Head, chance: Chance): readonly [head: Head, done: string[]] {
  const done: string[] = [];
  let changed = status;
  if (chance.oneIn(3)) {
    changed = chance.of(chance.oneIn(3) ? serverErrors : statuses);
    done.push(`status ${changed}`);
  }
  const given: Record<string, string> = { ...headers };
  for (let left = chance.whole(0, 4); left > 0; left -= 1) {
    const name = chance.of(names);
    if (chance.oneIn(4)) delete given[name];
    else given[name] = chance.of(values);
    done.push(`${name}: ${given[name]?.slice(0, 40)}`);
  }
  return [{ status: changed, headers: given }, done];
}
