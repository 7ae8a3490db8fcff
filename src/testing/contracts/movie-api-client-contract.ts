import assert from 'node:assert/strict';
import type { Movie, MovieDetails } from '../../domain/movie.js';
import { parseCandidate, parseMovie } from '../../domain/schemas.js';
import type { FreshnessSeen } from '../../ports/call-context.js';
import type { MovieApiClient } from '../../ports/movie-api-client.js';
import type { TestFunction } from '../test-function.js';
import {
  apiFailureOf,
  context,
  hearsAnAbortedSignal,
  hearsAnAbortInFlight,
  isComplete,
  nobodyKnows,
} from './support.js';

/** A client under test, and what it must know. */
export interface MovieClientUnderTest {
  readonly client: MovieApiClient;
  /** A film that it knows. */
  readonly known: Pick<Movie, 'tmdbId' | 'title'>;
  readonly unknownId: number;
  /** The same client where its provider cannot be reached. @default that it fails as it should is not tested */
  readonly unreachable?: MovieApiClient;
  /** The credential it was made with: no error may hold it. */
  readonly secret?: string;
}

/** What every MovieApiClient promises. The suite closes the clients. */
export function movieApiClientContract(test: TestFunction, create: () => Promise<MovieClientUnderTest>): void {
  const onFresh = (name: string, run: (subject: MovieClientUnderTest) => Promise<void>) => {
    test(name, async () => {
      const subject = await create();
      try {
        await run(subject);
      } finally {
        await subject.client.close?.();
        await subject.unreachable?.close?.();
      }
    });
  };

  onFresh('has a name', async ({ client }) => {
    assert.equal(typeof client.name, 'string');
    assert.notEqual(client.name, '');
  });
  onFresh('finds a film by its title, as candidates that pass the schema', async ({ client, known }) => {
    const found = await client.searchMovies({ text: known.title }, context());
    assert.ok(found.some(({ tmdbId }) => tmdbId === known.tmdbId));
    for (const candidate of found) {
      const parsed = parseCandidate(candidate);
      assert.ok(parsed.ok);
      isComplete(candidate, parsed.value);
    }
    assert.equal(new Set(found.map(({ tmdbId }) => tmdbId)).size, found.length, 'a film came twice');
  });
  onFresh('gives an empty list for a title nobody knows', async ({ client }) => {
    assert.deepEqual(await client.searchMovies({ text: nobodyKnows.title }, context()), []);
  });
  onFresh('gives the details of a film, with related films other than itself', async ({ client, known }) => {
    const { movie, related } = await client.getMovie(known.tmdbId, context());
    assert.equal(movie.tmdbId, known.tmdbId);
    for (const film of [movie, ...related]) {
      const parsed = parseMovie(film);
      assert.ok(parsed.ok);
      isComplete(film, parsed.value);
    }
    assert.ok(related.every(({ tmdbId }) => tmdbId !== known.tmdbId));
    assert.equal(new Set(related.map(({ tmdbId }) => tmdbId)).size, related.length, 'a related film came twice');
  });
  onFresh('fails with API_NOT_FOUND for an unknown id', async ({ client, unknownId, secret }) => {
    const { code } = await apiFailureOf(client.getMovie(unknownId, context()), secret);
    assert.equal(code, 'API_NOT_FOUND');
  });
  onFresh('fails with an API_* code where its provider cannot be reached', async ({ unreachable, known, secret }) => {
    if (unreachable === undefined) return;
    await apiFailureOf(unreachable.searchMovies({ text: known.title }, context()), secret);
    await apiFailureOf(unreachable.getMovie(known.tmdbId, context()), secret);
  });
  onFresh('answers calls that are made at the same time, each its own', async ({ client, known }) => {
    const [found, nothing, { movie }] = await Promise.all([
      client.searchMovies({ text: known.title }, context()),
      client.searchMovies({ text: nobodyKnows.title }, context()),
      client.getMovie(known.tmdbId, context()),
    ]);
    assert.ok(found.some(({ tmdbId }) => tmdbId === known.tmdbId));
    assert.deepEqual([nothing, movie.tmdbId], [[], known.tmdbId]);
  });
  onFresh(
    'gives an earlier answer again only when the provider says that it still holds',
    async ({ client, known }) => {
      const first = await detailsOf(client, known.tmdbId);
      const wrong = { ...first.details, movie: { ...first.details.movie, title: 'an answer of the past' } };
      const anew = await detailsOf(client, known.tmdbId, { etag: '"no answer had this"', value: wrong });
      assert.deepEqual(anew.details, first.details);
      const etag = first.seen[0]?.etag;
      if (etag === undefined) return;
      const again = await detailsOf(client, known.tmdbId, { etag, value: first.details });
      assert.deepEqual(again.details, first.details);
    },
  );
  onFresh('hears a signal that has aborted', async ({ client, known }) => {
    await hearsAnAbortedSignal((signal) => client.searchMovies({ text: known.title }, context(signal)));
    await hearsAnAbortedSignal((signal) => client.getMovie(known.tmdbId, context(signal)));
  });
  onFresh('hears a signal that aborts under way', async ({ client, known }) => {
    await hearsAnAbortInFlight((signal) => client.searchMovies({ text: known.title }, context(signal)));
    await hearsAnAbortInFlight((signal) => client.getMovie(known.tmdbId, context(signal)));
  });
}

/** The details of a film, and what the client said of their age: once at most. */
async function detailsOf(
  client: MovieApiClient,
  tmdbId: number,
  earlier?: { readonly etag: string; readonly value: MovieDetails },
) {
  const seen: FreshnessSeen[] = [];
  const details = await client.getMovie(tmdbId, {
    ...context(),
    ...(earlier === undefined ? {} : { known: earlier }),
    reportFreshness: (freshness) => void seen.push(freshness),
  });
  assert.ok(seen.length <= 1, 'an answer has one age');
  for (const { maxAgeMs = 0, unchanged } of seen) {
    assert.ok(Number.isFinite(maxAgeMs) && maxAgeMs >= 0, `an age of ${maxAgeMs} ms`);
    assert.ok(unchanged === undefined || earlier !== undefined, 'nothing was known that could be unchanged');
  }
  return { details, seen };
}
