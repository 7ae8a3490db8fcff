import { expect, test } from 'vitest';
import { TmdbClient } from '../../src/adapters/tmdb/index.js';
import { TwitterClient } from '../../src/adapters/twitter/index.js';
import { type ErrorCode, isReelflowError } from '../../src/index.js';
import type { CallContext } from '../../src/ports/call-context.js';
import { useAnswerServer } from '../adapters/use-answer-server.js';
import { describeWithShared } from '../support/requirements.js';
import { rrr } from '../workflow/setup.js';
import { fuzzSeed } from './fuzz-run.js';
import { allowedCodes, faultOf, type Outcome } from './judge.js';
import { type FuzzCase, makeCase, readExamples, secret } from './mutate-answer.js';

const { cases, seed } = fuzzSeed(1500);
const overSockets = Math.ceil(cases / 10);
/** Far longer than any answer takes; who is not done then hangs. */
const hangMs = 20_000;

describeWithShared('contracts/examples/index.json', `mutated answers of both providers: seed ${seed}`, () => {
  const server = useAnswerServer();
  const examples = readExamples();

  test(`${cases} from memory`, { timeout: 60_000 + cases * 20 }, async () => {
    const outcomes = new Map<string, number>();
    const prototype = shapeOfPrototypes();
    const faults: string[] = [];
    for (let number = 0; number < cases; number += 1) {
      const given = makeCase(examples, seed + number);
      const fetch = async () => responseOf(given);
      const { outcome, fault } = await play(given, { fetch });
      count(outcomes, outcome);
      if (fault !== undefined) faults.push(`seed ${seed}, case ${number}: ${given.description}: ${fault}`);
    }
    expect(faults.slice(0, 20)).toEqual([]);
    expect(shapeOfPrototypes()).toEqual(prototype);
    console.log(`mutated answers: seed ${seed}, ${cases} cases: ${say(outcomes)}`);
  });

  test(`${overSockets} over a socket`, { timeout: 60_000 + cases * 20 }, async () => {
    const outcomes = new Map<string, number>();
    const faults: string[] = [];
    for (let number = 0; number < overSockets; number += 1) {
      const given = makeCase(examples, seed + cases + number);
      server.answer((_request, response) => {
        response.writeHead(given.status, sendable(given.headers));
        response.end(hasBody(given.status) ? given.body : undefined);
      });
      // A redirect is refused by fetch itself, which tells no status.
      const codes = isRedirect(given.status) ? (['API_NETWORK'] as const) : allowedCodes(given);
      const { outcome, fault } = await play(given, { baseUrl: server.url }, codes);
      count(outcomes, outcome);
      if (fault !== undefined) faults.push(`seed ${seed}, case ${cases + number}: ${given.description}: ${fault}`);
    }
    expect(faults.slice(0, 20)).toEqual([]);
    console.log(`mutated answers over sockets: seed ${seed}, ${overSockets} cases: ${say(outcomes)}`);
  });
});

type Connection = { readonly fetch: typeof globalThis.fetch } | { readonly baseUrl: string };

async function play(given: FuzzCase, connection: Connection, codes: readonly ErrorCode[] = allowedCodes(given)) {
  const reported: unknown[] = [];
  const report = (seen: object) => void reported.push(...Object.values(seen));
  const outcome = await outcomeOf(ask(given, connection, report));
  const odd = reported.find((value) => typeof value === 'number' && !(value >= 0 && Number.isFinite(value)));
  return { outcome, fault: odd === undefined ? faultOf(given, outcome, codes) : `it reported ${String(odd)}` };
}

function ask({ method, known }: FuzzCase, connection: Connection, report: (seen: object) => void): Promise<unknown> {
  const context = {
    signal: new AbortController().signal,
    attempt: 1,
    reportQuota: report,
    reportSpend: report,
    reportFreshness: report,
  };
  const before = <Value>(value: Value): Pick<CallContext<Value>, 'known'> =>
    known ? { known: { etag: 'W/"before"', value } } : {};
  if (method === 'searchReviews') {
    const client = new TwitterClient({ bearerToken: secret, ...connection });
    return client.searchReviews({ movie: rrr, maxResults: 100 }, context);
  }
  const client = new TmdbClient({ accessToken: secret, ...connection });
  return method === 'searchMovies'
    ? client.searchMovies({ text: 'x' }, { ...context, ...before([rrr]) })
    : client.getMovie(1, { ...context, ...before({ movie: rrr, related: [] }) });
}

async function outcomeOf(work: Promise<unknown>): Promise<Outcome> {
  let timer: NodeJS.Timeout | undefined;
  const hang = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('it hangs')), hangMs);
  });
  try {
    return { value: await Promise.race([work, hang]) };
  } catch (error) {
    return { error };
  } finally {
    clearTimeout(timer);
  }
}

const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status);
const hasBody = (status: number): boolean => status !== 204 && status !== 304;

const responseOf = ({ status, headers, body }: FuzzCase): Response =>
  new Response(hasBody(status) ? new Uint8Array(body) : null, { status, headers });

/** Without what belongs to the transport. */
const sendable = (headers: FuzzCase['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => !/^(content-(length|encoding)|transfer-encoding|connection)$/.test(name),
    ),
  );

const shapeOfPrototypes = (): string[][] =>
  [Object.prototype, Array.prototype, String.prototype].map((prototype) => Object.getOwnPropertyNames(prototype));

function count(outcomes: Map<string, number>, outcome: Outcome): void {
  const name = 'value' in outcome ? 'read' : isReelflowError(outcome.error) ? outcome.error.code : 'other';
  outcomes.set(name, (outcomes.get(name) ?? 0) + 1);
}

const say = (outcomes: Map<string, number>): string =>
  [...outcomes]
    .map(([name, times]) => `${name} ${times}`)
    .toSorted()
    .join(', ');
