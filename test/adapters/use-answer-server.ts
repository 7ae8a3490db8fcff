import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { type AnswerServer, startAnswerServer } from './answer-server.js';

export interface UsedServer {
  readonly url: string;
  readonly answer: AnswerServer['answer'];
  readonly requests: AnswerServer['requests'];
  /** The parameters of the last request. */
  sent(): Record<string, string>;
}

/** A server for all tests of a file; what was asked of it is forgotten after each. */
export function useAnswerServer(): UsedServer {
  let started: AnswerServer | undefined;
  beforeAll(async () => {
    started = await startAnswerServer();
  });
  afterAll(() => started?.close());
  afterEach(() => {
    if (started !== undefined) started.requests.length = 0;
  });
  const server = () => started ?? expect.unreachable('the server is not started');
  return {
    get url() {
      return server().url;
    },
    get requests() {
      return server().requests;
    },
    answer: (...given) => server().answer(...given),
    sent: () => Object.fromEntries(new URL(server().requests.at(-1)?.url ?? '', server().url).searchParams),
  };
}

export const failureOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => expect.unreachable('it should fail'),
    (error: unknown) => error,
  );
