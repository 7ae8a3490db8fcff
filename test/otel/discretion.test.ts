import { describe, expect, test } from 'vitest';
import { type CallContext, ReelflowError } from '../../src/index.js';
import { createInstrumentation } from '../../src/otel/index.js';
import { FakeMovieClient, FakeReviewClient } from '../../src/testing/index.js';
import { film, posts, setup } from '../workflow/setup.js';
import { inMemoryTelemetry, pointsOf, textOf } from './telemetry.js';

const secret = 'Geheimwort9Vogel';
const title = 'Kuckucksuhr';
const telling = film(4711, title, { overview: 'Uhrmachers Enkel', cast: ['Schauspielerin Klara'] });
const search = `${title.toLowerCase()} (2022)`;

/** Says everything that it must not, wherever it can. */
const indiscreet = (code: ReelflowError['code']) =>
  new ReelflowError(code, `GET https://films.test/3?api_key=${secret}&query=${title} failed for user Zwitscherer`, {
    cause: new Error(secret),
    details: { status: 503, url: `https://films.test/?api_key=${secret}`, title },
  });

class Telling extends FakeMovieClient {
  override async getMovie(tmdbId: number, context: CallContext) {
    context.reportQuota?.({ limit: 100, remaining: 99 });
    return super.getMovie(tmdbId, context);
  }
}

describe('what leaves the process', () => {
  test('names no film, post, user or credential, whatever happens', async () => {
    const { providers, spans, metrics } = inMemoryTelemetry();
    const instrumentation = createInstrumentation({
      ...providers,
      servers: { tmdb: `https://${secret}:${secret}@films.test/${secret}?api_key=${secret}` },
    });
    const review = posts(3, telling, 'Ein Post über alles');
    const movies = new Telling({ movies: [telling] }).onSearch({ error: indiscreet('API_UNAVAILABLE') });
    const reviews = new FakeReviewClient({ reviews: review }).onSearch({ error: indiscreet('API_FORBIDDEN') });
    const { manager } = setup({ instrumentation, movies, reviews, coordinator: { retryDelayMs: 0 } });
    instrumentation.observe(manager);
    await Promise.all([1, 2].map(() => manager.handleUserSearch(search, { maxReviews: 3 })));
    await manager.handleUserSearch(search, { maxReviews: 3, collectNewData: true });
    await manager.handleUserSearch(`${title} unbekannt`);
    await manager.coordinateDataCollection(search);
    await manager.findStoredMovie(4711, { reviews: 3 });
    const measured = [...(await metrics()).values()].map((metric) => [
      metric.descriptor,
      pointsOf(metric).map(({ attributes }) => attributes), // the numbers are measured: any digits may be among them
    ]);
    const told = `${textOf(spans())} ${JSON.stringify(measured)}`.replaceAll(/workflow_\w+/g, 'workflow_id');
    await manager.close();
    expect(told).toContain('API_FORBIDDEN');
    expect(told).toContain('films.test');
    for (const word of [secret, title, search, 'Enkel', 'Klara', 'Post über', 'Zwitscherer', '4711', 'unbekannt'])
      expect(told.toLowerCase()).not.toContain(word.toLowerCase());
    for (const { tweetId } of review) expect(told).not.toContain(tweetId);
  });

  test('metrics have no attribute whose values have no bound', async () => {
    const { providers, metrics } = inMemoryTelemetry();
    const instrumentation = createInstrumentation({ ...providers, recordTitles: true });
    const { manager } = setup({ instrumentation });
    instrumentation.observe(manager);
    for (const name of ['RRR', 'Up', 'Baahubali', 'nothing', 'nothing else'])
      await manager.handleUserSearch(name, { maxReviews: 5 });
    const measured = await metrics();
    await manager.close();
    const points = [...measured.values()].flatMap(pointsOf);
    const keys = new Set(points.flatMap(({ attributes }) => Object.keys(attributes)));
    expect([...keys].sort()).toEqual([
      'db.operation.name',
      'db.system.name',
      'error.type',
      'reelflow.api.name',
      'reelflow.cache.result',
      'reelflow.circuit.state',
      'reelflow.outcome',
      'reelflow.period',
      'reelflow.search.coalesced',
      'reelflow.step.name',
      'reelflow.step.status',
    ]);
    expect(points.length).toBeLessThan(150);
  });
});
