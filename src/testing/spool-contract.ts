import assert from 'node:assert/strict';
import type { WriteBatch } from '../ports/repository.js';
import type { Spool, SpooledEntry } from '../ports/spool.js';
import { failsWith } from './repository/repository-test.js';
import {
  hour,
  sampleMovie,
  sampleReview,
  sampleReviews,
  sampleRun,
  sampleSummary,
} from './repository/sample-records.js';
import type { TestFunction } from './test-function.js';

/** Makes an empty spool; the suite closes what it was given. */
export type CreateSpool = () => Promise<Spool>;

const reason = { code: 'DB_CONSTRAINT', message: 'the store refuses it for good' } as const;
const posts = (from: number, to: number): WriteBatch => ({
  reviews: { reviews: sampleReviews(from, to), fetchedAt: hour(1) },
});
const idOf = (number: number): string => sampleReview(number).tweetId;

async function contentOf(spool: Spool): Promise<SpooledEntry[]> {
  const entries: SpooledEntry[] = [];
  for await (const entry of spool.read()) entries.push(entry);
  return entries;
}

const batchesOf = async (spool: Spool): Promise<WriteBatch[]> => (await contentOf(spool)).map(({ batch }) => batch);

async function append(spool: Spool, from: number, to: number): Promise<void> {
  for (let number = from; number < to; number += 1) await spool.append({ batch: posts(number, number + 1) });
}

/** The entry that was read at this place, which must be there. */
function at(entries: readonly SpooledEntry[], index: number): SpooledEntry {
  const entry = entries.at(index);
  assert.ok(entry !== undefined, `there is no entry ${index}`);
  return entry;
}

/**
 * What every {@link Spool} must do, as tests for the runner you use: `spoolContract(test, async () => new MySpool())`.
 * What outlives a process, and who gets what a process left behind, is for tests of your own.
 */
export function spoolContract(test: TestFunction, create: CreateSpool): void {
  const onFresh = (name: string, run: (spool: Spool) => Promise<void>) => {
    test(name, async () => {
      const spool = await create();
      try {
        await run(spool);
      } finally {
        await spool.close?.();
      }
    });
  };
  for (const part of [orderContract, settlingContract, forgettingContract, closingContract]) part(onFresh);
}

type SpoolTest = (name: string, run: (spool: Spool) => Promise<void>) => void;

function orderContract(test: SpoolTest): void {
  test('a fresh spool holds nothing', async (spool) => {
    assert.deepEqual(await contentOf(spool), []);
    assert.equal(await spool.size(), 0);
  });

  test('gives entries back as they were given, in order', async (spool) => {
    const given = [
      { batch: {} },
      { batch: { film: { movie: sampleMovie(), relatedIds: [1, 2], fetchedAt: hour(1) }, ...posts(0, 3) }, fence: 0 },
      { batch: { run: sampleRun('w1', { movieName: 'పుష్ప 🌸\n"x"\\' }), released: ['7'] }, fence: 3 },
    ];
    for (const entry of given) await spool.append(entry);
    const read = await contentOf(spool);
    assert.deepEqual(
      read.map(({ source: _source, position: _position, own: _own, ...entry }) => entry),
      given,
    );
    assert.deepEqual(
      read.map(({ position, own }) => [position, own]),
      [1, 2, 3].map((position) => [position, true]),
    );
    assert.equal(new Set(read.map(({ source }) => source)).size, 1);
  });

  test('keeps an entry as it was when it was given', async (spool) => {
    const reviews = sampleReviews(0, 1);
    const appended = spool.append({ batch: { reviews: { reviews, fetchedAt: hour(1) } } });
    reviews.length = 0;
    await appended;
    assert.deepEqual(await batchesOf(spool), [posts(0, 1)]);
  });

  test('takes many entries at once, each with a position of its own', async (spool) => {
    const numbers = Array.from({ length: 100 }, (_, number) => number);
    await Promise.all(numbers.map((number) => spool.append({ batch: posts(number, number + 1) })));
    const read = await contentOf(spool);
    assert.deepEqual(
      read.map(({ position }) => position),
      numbers.map((number) => number + 1),
    );
    const ids = read.map(({ batch }) => batch.reviews?.reviews[0]?.tweetId);
    assert.deepEqual(ids.toSorted(), numbers.map(idOf));
  });

  test('takes an entry of a thousand posts', async (spool) => {
    await spool.append({ batch: posts(0, 1000) });
    await append(spool, 1000, 1001);
    assert.deepEqual(await batchesOf(spool), [posts(0, 1000), posts(1000, 1001)]);
  });

  test('gives what is appended while it is read, and each entry once', async (spool) => {
    await append(spool, 0, 2);
    const positions: number[] = [];
    for await (const { position } of spool.read()) {
      positions.push(position);
      if (position < 4) await append(spool, position + 1, position + 2);
    }
    assert.deepEqual(positions, [1, 2, 3, 4, 5]);
  });

  test('is not bothered by a reader that leaves early, nor by two at once', async (spool) => {
    await append(spool, 0, 3);
    for await (const { position } of spool.read()) if (position === 1) break;
    const [one, other] = await Promise.all([contentOf(spool), contentOf(spool)]);
    assert.equal(one.length, 3);
    assert.deepEqual(one, other);
  });
}

function settlingContract(test: SpoolTest): void {
  test('leaves out what was acknowledged, up to that position', async (spool) => {
    await append(spool, 0, 4);
    const read = await contentOf(spool);
    await spool.acknowledge(at(read, 1));
    assert.deepEqual(await contentOf(spool), read.slice(2));
    await spool.acknowledge(at(read, 0));
    assert.equal(await spool.size(), 2);
  });

  test('positions go on growing when everything was acknowledged', async (spool) => {
    await append(spool, 0, 2);
    const first = await contentOf(spool);
    await spool.acknowledge(at(first, 1));
    assert.deepEqual([await spool.size(), await contentOf(spool)], [0, []]);
    await append(spool, 2, 3);
    const [next] = await contentOf(spool);
    assert.deepEqual([next?.source, next?.position, next?.batch], [at(first, 0).source, 3, posts(2, 3)]);
  });

  test('can be read, acknowledged and appended to in one go', async (spool) => {
    await append(spool, 0, 3);
    const positions: number[] = [];
    for await (const entry of spool.read()) {
      positions.push(entry.position);
      await spool.acknowledge(entry);
      if (entry.position === 3) await append(spool, 3, 5);
    }
    assert.deepEqual(positions, [1, 2, 3, 4, 5]);
    assert.equal(await spool.size(), 0);
  });

  test('ignores places that nobody knows', async (spool) => {
    await append(spool, 0, 1);
    await spool.acknowledge({ source: 'nobody', position: 9 });
    await spool.setAside({ source: 'nobody', position: 1 }, reason);
    const [entry] = await contentOf(spool);
    assert.ok(entry !== undefined);
    await spool.setAside({ ...entry, position: 2 }, reason);
    assert.equal(await spool.size(), 1);
    await spool.acknowledge({ ...entry, position: 99 });
    await append(spool, 1, 2);
    assert.deepEqual(await batchesOf(spool), [posts(1, 2)]);
  });

  test('an entry that was set aside does not wait, and those around it do', async (spool) => {
    await append(spool, 0, 3);
    const read = await contentOf(spool);
    await spool.setAside(at(read, 1), reason);
    assert.deepEqual(await contentOf(spool), [read[0], read[2]]);
    assert.equal(await spool.size(), 2);
    await spool.acknowledge(at(read, 0));
    await spool.setAside(at(read, 2), reason);
    assert.equal(await spool.size(), 0);
  });
}

function forgettingContract(test: SpoolTest): void {
  test('takes posts out of what waits, with their scores, and says how many there were', async (spool) => {
    const score = { score: 0.5, label: 'positive', confidence: 1 } as const;
    const scores = [0, 1].map((number) => ({ tweetId: idOf(number), score }));
    const analysis = { tmdbId: 1, analyzer: 'a', summary: sampleSummary, analyzedAt: hour(1) };
    await spool.append({ batch: posts(0, 3), fence: 1 });
    await spool.append({ batch: { ...posts(1, 2), analysis: { ...analysis, scores } } });
    assert.equal(await spool.forget([idOf(1), idOf(1), 'nobody', '']), 1);
    const read = await contentOf(spool);
    assert.deepEqual(
      read.map(({ batch }) => batch),
      [
        { reviews: { reviews: [sampleReview(0), sampleReview(2)], fetchedAt: hour(1) } },
        { ...posts(0, 0), analysis: { ...analysis, scores: scores.slice(0, 1) } },
      ],
    );
    assert.deepEqual(
      read.map(({ position, fence }) => [position, fence]),
      [
        [1, 1],
        [2, undefined],
      ],
    );
    assert.equal(await spool.forget([idOf(1)]), 0);
  });

  test('takes out the records and pages that hold a forgotten post', async (spool) => {
    const record = (kind: 'movie' | 'review', number: number) =>
      ({ kind, reason, field: null, raw: `{"id":"${idOf(number)}"}` }) as const;
    const page = (number: number) =>
      ({ workflowId: 'w1', step: 'collect', key: `${number}`, payload: `["${idOf(number)}"]` }) as const;
    await spool.append({
      batch: {
        rejected: [record('review', 1), record('review', 2), record('movie', 1)],
        checkpoints: [page(1), page(2)],
      },
    });
    assert.equal(await spool.forget([idOf(1)]), 0);
    assert.deepEqual(await batchesOf(spool), [
      { rejected: [record('review', 2), record('movie', 1)], checkpoints: [page(2)] },
    ]);
  });

  test('forgets in entries that were given just before, and while others come', async (spool) => {
    const before = [0, 1, 2].map((number) => spool.append({ batch: posts(number, number + 1) }));
    const forgotten = spool.forget([idOf(1)]);
    const after = spool.append({ batch: posts(3, 4) });
    assert.equal(await forgotten, 1);
    await Promise.all([...before, after]);
    const read = await contentOf(spool);
    assert.deepEqual(
      read.flatMap(({ batch }) => batch.reviews?.reviews.map(({ tweetId }) => tweetId)).toSorted(),
      [0, 2, 3].map(idOf),
    );
    assert.deepEqual(
      read.map(({ position }) => position),
      [1, 2, 3, 4],
    );
  });

  test('a reader under way sees a forgotten post no more', async (spool) => {
    await append(spool, 0, 3);
    const seen: number[] = [];
    for await (const { batch, position } of spool.read()) {
      if (position === 1) assert.equal(await spool.forget([idOf(2)]), 1);
      seen.push(batch.reviews?.reviews.length ?? -1);
    }
    assert.deepEqual(seen, [1, 1, 0]);
  });
}

function closingContract(test: SpoolTest): void {
  test('is closed once, after the appends under way, and takes nothing afterwards', async (spool) => {
    if (spool.close === undefined) return;
    const appended = append(spool, 0, 1);
    await Promise.all([spool.close(), spool.close(), appended]);
    const place = { source: 's', position: 1 };
    const calls: ReadonlyArray<() => Promise<unknown>> = [
      () => spool.append({ batch: {} }),
      () => contentOf(spool),
      () => spool.acknowledge(place),
      () => spool.setAside(place, reason),
      () => spool.forget(['1']),
      () => spool.size(),
    ];
    for (const call of calls) await failsWith('CLOSED', call);
  });

  test('a reader under way hears that the spool was closed', async (spool) => {
    if (spool.close === undefined) return;
    await append(spool, 0, 2);
    await failsWith('CLOSED', async () => {
      for await (const _entry of spool.read()) await spool.close?.();
    });
  });
}
