import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { RedisResponseCache } from '../../src/adapters/redis/index.js';
import { TmdbClient } from '../../src/adapters/tmdb/index.js';
import { TwitterClient } from '../../src/adapters/twitter/index.js';
import { TypeOrmRepository } from '../../src/adapters/typeorm/index.js';
import { AutomatedWorkflowManager } from '../../src/index.js';
import { CollectingLogger, injectFaults } from '../../src/testing/index.js';
import { useAnswerServer } from '../adapters/use-answer-server.js';
import { answerSoundly, type Indiscretion, indiscretions } from './indiscreet-answers.js';
import { type Secret, Traces } from './secret-traces.js';
import { rrr } from './setup.js';

const v3Key: Secret = {
  name: 'the v3 key',
  value: 'c0ffee5ec2e7c0ffee5ec2e7c0ffee99',
  core: 'c0ffee5ec2e7c0ffee5ec2e7c0ffee99',
};
const token: Secret = { name: 'the access token', value: `tmdb+/"\\%2B'Geheimwort7Film=`, core: 'Geheimwort7Film' };
const bearer: Secret = { name: 'the bearer token', value: 'AAAA%2FGeheimwort8Post%3D"\\/', core: 'Geheimwort8Post' };
const plain: Secret = {
  name: 'a plain bearer token',
  value: 'geheimwort9vogel9zwitscher',
  core: 'geheimwort9vogel9zwitscher',
};
const postgres: Secret = {
  name: 'the password of PostgreSQL',
  value: 'pg p@ss/Geheimwort3Elefant"',
  core: 'Geheimwort3Elefant',
};
const mariadb: Secret = {
  name: 'the password of MariaDB',
  value: "ma:p@ss/Geheimwort4Robbe'",
  core: 'Geheimwort4Robbe',
};
const redis: Secret = {
  name: 'the password of Redis',
  value: 're:p@ss/Geheimwort5Wuerfel',
  core: 'Geheimwort5Wuerfel',
};
const secrets = [v3Key, token, bearer, plain, postgres, mariadb, redis];

const traces = new Traces();
let failed = 0;
const sent = new Set<string>();

async function fails(where: string, work: () => Promise<unknown> | unknown): Promise<void> {
  try {
    traces.add(where, await work());
  } catch (thrown) {
    failed += 1;
    traces.add(where, thrown);
  }
}

describe('error handling: no credential comes out', () => {
  const server = useAnswerServer();
  let directory = '';
  const printed: unknown[][] = [];
  const print = (...line: unknown[]) => void printed.push(line);
  const warn = (warning: Error) => void printed.push([warning]);
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'reelflow-secrets-'));
    for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const)
      vi.spyOn(console, level).mockImplementation(print);
    process.on('warning', warn);
  });
  afterAll(async () => {
    vi.restoreAllMocks();
    process.off('warning', warn);
    await rm(directory, { recursive: true, force: true });
  });

  const answer = (given: Indiscretion['answer']) =>
    server.answer((request, response) => {
      sent.add(`${request.headers.authorization ?? ''} ${request.url ?? ''}`);
      given(request, response);
    });
  const context = () => ({ signal: new AbortController().signal, attempt: 1 });
  const tmdb = ({ value }: Secret) => new TmdbClient({ accessToken: value, baseUrl: server.url });
  const twitter = ({ value }: Secret) => new TwitterClient({ bearerToken: value, baseUrl: server.url });

  test('by the clients, whatever the providers answer', async () => {
    for (const { name, answer: given } of indiscretions([v3Key, token, bearer, plain])) {
      answer(given);
      for (const secret of [v3Key, token]) {
        const client = tmdb(secret);
        await fails(`searchMovies, ${name}`, () => client.searchMovies({ text: 'RRR', year: 2022 }, context()));
        await fails(`getMovie, ${name}`, () => client.getMovie(rrr.tmdbId, context()));
      }
      for (const secret of [bearer, plain]) {
        const client = twitter(secret);
        await fails(`searchReviews, ${name}`, () => client.searchReviews({ movie: rrr, maxResults: 20 }, context()));
      }
    }
    const silent = (_: unknown, __: unknown) => controller.abort(new Error('enough'));
    let controller = new AbortController();
    answer(silent);
    for (const client of [tmdb(v3Key), tmdb(token)]) {
      controller = new AbortController();
      await fails('aborted', () => client.getMovie(1, { signal: controller.signal, attempt: 1 }));
    }
    for (const [index, client] of [tmdb(v3Key), tmdb(token), twitter(bearer)].entries()) {
      traces.add(`client ${index}, looked at`, client);
    }
  });

  test('by options that cannot be used', async () => {
    const baseUrl = `https://user:${encodeURIComponent(token.value)}@example.com`;
    await fails('a base URL with it', () => new TmdbClient({ accessToken: token.value, baseUrl }));
    await fails('a base URL that is it', () => new TmdbClient({ accessToken: token.value, baseUrl: token.value }));
    await fails('a token of two words', () => new TmdbClient({ accessToken: `${token.value}\n${token.value}` }));
    await fails('no language', () => new TmdbClient({ accessToken: token.value, language: token.value }));
    await fails('a bearer of two words', () => new TwitterClient({ bearerToken: `Bearer ${bearer.value}` }));
    for (const url of [redis.value, `redis://app:${redis.value}@127.0.0.1:1/0`])
      await fails('a url that is none', () => new RedisResponseCache({ url }));
    for (const url of [postgres.value, `postgres://app:${postgres.value}@127.0.0.1:1/films`])
      await fails('a url that is none', () => TypeOrmRepository.open({ type: 'postgres', url }));
    const options = { type: 'postgres', database: 'films', password: postgres.value, port: 0 } as const;
    await fails('a port that is none', () => TypeOrmRepository.open(options));
  });

  test('by databases and caches that cannot be reached', async () => {
    const at = { host: '127.0.0.1', port: 1, database: 'films', username: 'app', queryTimeoutMs: 1000 } as const;
    const [pg, maria] = [encodeURIComponent(postgres.value), encodeURIComponent(mariadb.value)];
    for (let round = 0; round < 3; round += 1) {
      await fails('PostgreSQL', () => TypeOrmRepository.open({ type: 'postgres', password: postgres.value, ...at }));
      await fails('MariaDB', () => TypeOrmRepository.open({ type: 'mariadb', password: mariadb.value, ...at }));
      await fails('PostgreSQL by URL', () =>
        TypeOrmRepository.open({
          type: 'postgres',
          url: `postgres://app:${pg}@127.0.0.1:1/films`,
          queryTimeoutMs: 1000,
        }),
      );
      await fails('MariaDB by URL', () =>
        TypeOrmRepository.open({
          type: 'mariadb',
          url: `mysql://app:${maria}@127.0.0.1:1/films`,
          queryTimeoutMs: 1000,
        }),
      );
    }
    const cache = new RedisResponseCache({ url: `redis://app:${encodeURIComponent(redis.value)}@127.0.0.1:1/0` });
    for (let round = 0; round < 5; round += 1) {
      await fails('Redis, get', () => cache.get('film'));
      await fails('Redis, set', () => cache.set('film', 1, { ttlMs: 1000 }));
    }
    traces.add('the cache, looked at', cache);
    await cache.close();
  });

  test('by searches: logs, events, histories, statistics, results, run records, quarantine, spool and database', async () => {
    const given = indiscretions([v3Key, token, bearer, plain]).filter((_, index) => index % 4 === 0);
    for (const [index, { name, answer: indiscreet }] of given.entries()) {
      // Everything fails, or X alone, or the details alone: the search comes to different ends.
      const fallsOn = ['/', '/2/', '/3/movie/'][index % 3] ?? '/';
      answer((request, response) => (request.url?.startsWith(fallsOn) ? indiscreet : answerSoundly)(request, response));
      const logger = new CollectingLogger();
      const place = join(directory, String(index));
      const store = await TypeOrmRepository.open({ type: 'sqlite', database: join(place, 'films.db') });
      const { port: repository, faults } = injectFaults(store);
      if (index % 2 === 0)
        faults.add({ method: 'apply', error: 'DB_READ_ONLY' }, { method: 'health', error: 'DB_READ_ONLY' });
      const manager = new AutomatedWorkflowManager({
        movies: tmdb(index % 2 === 0 ? v3Key : token),
        reviews: twitter(index % 2 === 0 ? bearer : plain),
        repository,
        cache: new RedisResponseCache({ url: `redis://app:${encodeURIComponent(redis.value)}@127.0.0.1:1/0` }),
        spool: { directory: join(place, 'spool') },
        coordinator: { maxRetries: 1, retryDelayMs: 1, logger },
        logger,
      });
      manager.trigger.registerTrigger('*', (data, { event }) => traces.add(`event ${event}, ${name}`, data));
      manager.coordinator.subscribe((event) => traces.add(`event of the coordinator, ${name}`, event));
      const asked = { maxReviews: 20, deadlineMs: 20_000 };
      const result = await manager.handleUserSearch('RRR', asked);
      traces.add(`result, ${name}`, result);
      traces.add(`collection, ${name}`, await manager.coordinateDataCollection('RRR', asked));
      traces.add(`run record, ${name}`, await manager.findRun(result.workflowId));
      traces.add(`quarantine, ${name}`, await manager.listQuarantine());
      const history = manager.coordinator.callHistory();
      failed += history.filter(({ success }) => !success).length;
      traces.add(`calls, ${name}`, history);
      traces.add(`statistics, ${name}`, manager.getAutomationStatistics());
      traces.add(`trigger, ${name}`, manager.trigger.history);
      await manager.close();
      traces.add(`the manager, looked at, ${name}`, manager);
      for (const line of logger.lines) traces.add(`log, ${name}`, line);
    }
    for (const path of await readdir(directory, { recursive: true, withFileTypes: true })) {
      if (!path.isFile()) continue;
      traces.addText(`file ${path.name}`, await readFile(join(path.parentPath, path.name), 'latin1'));
    }
  }, 60_000);

  test('what came out is much, and what was said of them is in it, without them', () => {
    for (const line of printed) traces.add('printed', line);
    expect(failed).toBeGreaterThan(600);
    expect(traces.size).toBeGreaterThan(1500);
    for (const marker of [
      ...[
        'telltale: it was [redacted]',
        'telltale: you sent [redacted]',

        'check the option accessToken',
      ],
      ...['API_UNAUTHORIZED', 'API_NETWORK', 'API_INVALID_RESPONSE', 'DB_READ_ONLY', 'INVALID_OPTIONS', 'ECONNREFUSED'],
      ...[
        'event storage_diverted',
        'event cache_failed',
        'event workflow_failed',
        'event record_rejected',
        '] attempt 1 of 2 failed',
      ],
      ...['cannot connect to postgres at 127.0.0.1:1, database films', 'Redis: ', 'percent-encoded', 'SQLite format 3'],
    ]) {
      expect(traces.has(marker), marker).toBe(true);
    }
    const requests = [...sent].join('\n');
    for (const { value } of [token, bearer, plain]) expect(requests).toContain(`Bearer ${value}`);
    expect(requests).toContain(`api_key=${v3Key.value}`);
  });

  test.each(secrets)('$name is nowhere', (secret) => {
    expect(traces.leaksOf(secret).slice(0, 20)).toEqual([]);
  });
});
