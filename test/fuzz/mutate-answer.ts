import { readFileSync } from 'node:fs';
import { sharedPath } from '../support/requirements.js';
import { Chance } from './chance.js';
import { mutateBytes } from './mutate-bytes.js';
import { type Head, mutateHead } from './mutate-head.js';
import { mutateJson } from './mutate-json.js';

const methods = ['searchMovies', 'getMovie', 'searchReviews'] as const;

export interface FuzzCase extends Head {
  readonly method: (typeof methods)[number];
  readonly body: Buffer;
  /** Whether the caller has an answer of before, with an etag. */
  readonly known: boolean;
  /** For a failure: the recorded answer, and what became of it. */
  readonly description: string;
}

export interface Example extends Head {
  readonly file: string;
  readonly body: Buffer;
}

const folder = 'contracts/examples';

export function readExamples(): Example[] {
  const index: ReadonlyArray<Omit<Example, 'body'>> = JSON.parse(
    readFileSync(sharedPath(`${folder}/index.json`), 'utf8'),
  );
  return index.map((example) => ({ ...example, body: readFileSync(sharedPath(`${folder}/${example.file}`)) }));
}

/** What a caller's credential is in all cases; providers may say it again. */
export const secret = 'hunter2SecretTokenOfTheFuzz';

/** The same case for the same seed. */
export function makeCase(examples: readonly Example[], seed: number): FuzzCase {
  const chance = new Chance(seed);
  const good = examples.filter(({ status }) => status === 200);
  const example = chance.of(chance.oneIn(3) ? examples : good); // most of the code reads good answers
  const [head, headDone] = chance.oneIn(3) ? mutateHead(example, chance) : [example, []];
  let { body } = example;
  const done = [example.file, ...headDone];
  if (!chance.oneIn(4)) {
    const parsed = parse(body);
    if (parsed !== undefined) {
      done.push(...mutateJson(parsed, chance));
      body = Buffer.from(JSON.stringify(parsed.value) ?? 'undefined');
    }
  }
  if (chance.oneIn(10)) {
    body = Buffer.from(body.toString().replace(/("(?:status_message|detail|message|title)": ?")/g, `$1${secret} `));
    done.push('the credential said again');
  }
  if (chance.oneIn(4)) {
    const [mutated, name] = mutateBytes(body, chance);
    body = mutated;
    done.push(name);
  }
  const usual = /^(invalid-)?x-/.test(example.file)
    ? ['searchReviews' as const]
    : (['searchMovies', 'getMovie'] as const);
  const method = chance.of(chance.oneIn(15) ? methods : usual);
  const { status, headers } = head;
  return { status, headers, body, method, known: chance.oneIn(2), description: `${method}: ${done.join('; ')}` };
}

function parse(body: Buffer): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(body.toString('utf8')) as unknown };
  } catch {
    return undefined;
  }
}
