import { describe, expect, test } from 'vitest';
import { TmdbClient } from '../../src/adapters/tmdb/index.js';
import { TwitterClient } from '../../src/adapters/twitter/index.js';
import { AutomatedWorkflowManager, type CoordinatorEvent, MemoryRepository } from '../../src/index.js';
import { everythingOf } from './answer-server.js';
import { useAnswerServer } from './use-answer-server.js';

/** Each answer to every request: refusals that repeat what was sent, nonsense, and broken connections. */
const answers = (secret: string) => [
  { status: 401, body: { status_code: 7, status_message: `bad key ${secret}`, title: secret, detail: secret } },
  { status: 400, body: { errors: [{ message: `?api_key=${secret} Bearer ${secret}` }], detail: secret } },
  { status: 503, body: `<html>${secret}</html>` },
  { body: `not JSON: ${secret}` },
  (request: { socket: { destroy(): unknown } }) => void request.socket.destroy(),
];

describe('no credential comes out', () => {
  const server = useAnswerServer();

  test.each([
    ['a v3 key', '0123456789abcdef0123456789abcdef'],
    ['an access token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJzZWNyZXQifQ.c2lnbmF0dXJl'],
    ['a bearer token', 'AAAAAAAAAAAAAAAAsecret%2Bword%3D'],
  ])('of %s: not in logs, events, histories, runs and errors', async (_what, secret) => {
    const seen: unknown[] = [];
    const note = (...line: unknown[]) => void seen.push(line);
    const logger = { debug: note, info: note, warn: note, error: note };
    for (const given of answers(secret)) {
      server.answer(given);
      const manager = new AutomatedWorkflowManager({
        movies: new TmdbClient({ accessToken: secret, baseUrl: server.url }),
        reviews: new TwitterClient({ bearerToken: secret, baseUrl: server.url }),
        repository: new MemoryRepository(),
        coordinator: { maxRetries: 1, retryDelayMs: 1, logger },
        logger,
      });
      const { coordinator } = manager;
      coordinator.subscribe((event: CoordinatorEvent) => note(event));
      seen.push(await manager.handleUserSearch('RRR').catch((error: unknown) => everythingOf(error)));
      seen.push(await manager.coordinateDataCollection('RRR').catch((error: unknown) => everythingOf(error)));
      seen.push(coordinator.callHistory(), coordinator.getStatistics());
      await manager.close();
    }
    expect(seen.length).toBeGreaterThan(30);
    expect(server.requests.length).toBeGreaterThan(15);
    expect(seen.map((one) => JSON.stringify(one) + everythingOf(one)).join('\n')).not.toContain(secret);
  });
});
