import { expect, onTestFinished, test } from 'vitest';
import { TypeOrmRepository } from '../../src/adapters/typeorm/index.js';
import { AutomatedCoordinator, AutomatedWorkflowManager, type WriteReport } from '../../src/index.js';
import { FakeMovieClient, FakeReviewClient } from '../../src/testing/index.js';
import { hour, sampleMovie, sampleReviews } from '../../src/testing/repository/sample-records.js';
import { describeOnPrivateServers } from '../support/private-databases.js';
import { film, posts } from '../workflow/setup.js';
import { Milestones } from './milestones.js';

/** Half a minute, for the start of a server on a busy machine; few enough attempts that the breaker stays shut. */
const patient = { retryDelayMs: 100, maxRetries: 10, maxRetryDelayMs: 5000 };

describeOnPrivateServers('error handling: a database that is stopped and started', (server) => {
  async function openRepository(tablePrefix: string): Promise<TypeOrmRepository> {
    const repository = await TypeOrmRepository.open({ ...server().options, tablePrefix });
    onTestFinished(() => repository.close());
    return repository;
  }

  test('30 searches over a crash of the database: every one resolves, all is stored once', {
    timeout: 90_000,
  }, async () => {
    const repository = await openRepository('searches_');
    const films = Array.from({ length: 30 }, (_, index) =>
      film(1000 + index, `Restart ${String(index).padStart(2, '0')}`),
    );
    const reviews = films.flatMap((movie) => posts(20, movie));
    const manager = new AutomatedWorkflowManager({
      movies: new FakeMovieClient({ movies: films }),
      reviews: new FakeReviewClient({ reviews }),
      repository,
      coordinator: patient,
      maxConcurrentWorkflows: 3,
    });
    onTestFinished(() => manager.close());
    const ended = new Milestones();
    const failures: string[] = [];
    manager.coordinator.subscribe((event) => {
      if (event.type === 'retry_scheduled') failures.push(event.error.code);
    });
    const searches = films.map(async ({ title }) => {
      const result = await manager.handleUserSearch(title, { maxReviews: 20 });
      ended.reach();
      return result;
    });
    await ended.reached(10);
    await server().stop('crash');
    await server().start();
    await ended.reached(20);
    await server().stop('orderly');
    await server().start();
    const results = await Promise.all(searches);

    expect(results.map(({ success, errors }) => [success, errors])).toEqual(films.map(() => [true, []]));
    expect(failures.length).toBeGreaterThan(0);
    expect(new Set(failures)).toEqual(new Set(['DB_CONNECTION']));
    const ids: number[] = [];
    for await (const { tmdbId } of repository.catalogue()) ids.push(tmdbId);
    expect(ids.toSorted()).toEqual(films.map(({ tmdbId }) => tmdbId));
    const idsOf = new Map(
      films.map(({ tmdbId }) => [
        tmdbId,
        reviews.flatMap((review) => (review.tmdbId === tmdbId ? review.tweetId : [])).toSorted(),
      ]),
    );
    for (const movie of films) {
      const stored = await repository.findReviews(movie.tmdbId, { limit: 1000 });
      expect(stored.map(({ tweetId }) => tweetId).toSorted()).toEqual(idsOf.get(movie.tmdbId));
    }
    for (const { workflowId } of results) {
      expect(await repository.findRun(workflowId)).toMatchObject({ status: 'completed' });
    }
  });

  test('200 writes over three crashes: every one is done, none twice', { timeout: 90_000 }, async () => {
    const repository = await openRepository('writes_');
    const coordinator = new AutomatedCoordinator(patient);
    onTestFinished(() => coordinator.close());
    const done = new Milestones();
    const reports: WriteReport[] = [];
    const write = async (lane: number, number: number) => {
      const outcome = await coordinator.coordinateDbOperation(`lane ${lane}`, () =>
        repository.apply({
          film: { movie: sampleMovie({ tmdbId: number + 1 }), relatedIds: [], fetchedAt: hour(1) },
          reviews: {
            reviews: sampleReviews(number * 10, number * 10 + 10, { tmdbId: number + 1 }),
            fetchedAt: hour(1),
          },
        }),
      );
      if (!outcome.success) throw outcome.error;
      reports.push(outcome.result);
      done.reach();
    };
    const lanes = Array.from({ length: 8 }, async (_, lane) => {
      for (let number = lane; number < 200; number += 8) await write(lane, number);
    });
    for (const count of [40, 90, 140]) {
      await done.reached(count);
      await server().stop('crash');
      await server().start();
    }
    await Promise.all(lanes);

    expect(reports).toHaveLength(200);
    // A write whose COMMIT was done but not answered is met again: then its posts are known already.
    for (const { reviews } of reports) expect([reviews.inserted + reviews.unchanged, reviews.updated]).toEqual([10, 0]);
    for (let number = 0; number < 200; number += 1) {
      expect(await repository.findReviews(number + 1, { limit: 1000 })).toHaveLength(10);
    }
    expect(await repository.health()).toEqual({ ok: true });
  });
});
