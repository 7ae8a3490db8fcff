import { describe, expect, test } from 'vitest';
import { type Parsed, parseCandidate, parseMovie, parseReview } from '../../src/domain/schemas.js';
import { MemoryRepository, type Movie, type Repository, type Review, type WriteReport } from '../../src/index.js';
import { hour, sampleMovie, sampleReview } from '../../src/testing/repository/sample-records.js';
import { open } from '../adapters/typeorm/helpers.js';
import { connectHost, withoutTables } from '../adapters/typeorm/server-tables.js';
import { describeOnServers } from '../support/databases.js';
import { Chance } from './chance.js';
import { fuzzSeed } from './fuzz-run.js';
import { mutateJson } from './mutate-json.js';

const { seed, cases } = fuzzSeed(1500);
const perBatch = 50;

/** A record that once was good. It stays an object with an id, since that is what batches are keyed by. */
function mutated<Value extends object>(value: Value, key: keyof Value & string, chance: Chance): Value {
  const root = { value: structuredClone(value) as unknown };
  mutateJson(root, chance);
  const { value: changed } = root;
  if (typeof changed !== 'object' || changed === null || Array.isArray(changed)) return value;
  return { ...(changed as Value), [key]: value[key] };
}

const film = (number: number): Movie => sampleMovie({ tmdbId: number + 1, title: `Film ${number}` });

describe(`mutated records of the domain: seed ${seed}`, () => {
  test.each<[string, object, (raw: unknown) => Parsed<unknown>]>([
    ['films', sampleMovie(), parseMovie],
    ['candidates', sampleMovie(), parseCandidate],
    ['posts', sampleReview(1), parseReview],
  ])(`${cases} %s are taken or set aside, and what is taken is taken again`, (_kind, record, parse) => {
    for (let number = 0; number < cases; number += 1) {
      const root = { value: structuredClone(record) as unknown };
      const done = mutateJson(root, new Chance(seed + number)).join('; ');
      const parsed = parse(root.value);
      const where = `seed ${seed}, case ${number}: ${done}`;
      if (parsed.ok) expect(parse(parsed.value), where).toEqual(parsed);
      else expect(parsed.rejected.reason.code, where).toMatch(/^DATA_(MISSING_FIELD|INVALID_FORMAT)$/);
    }
  });

  test(`${cases} films and posts, unchecked, crash no batch in memory`, () => storeMutated(new MemoryRepository()));

  test(`${cases} films and posts, unchecked, crash no batch in SQLite`, async () => {
    await storeMutated(await open({ type: 'sqlite', database: ':memory:' }));
  });
});

describeOnServers(`mutated records of the domain: seed ${seed}`, ({ options }) => {
  test(`${cases} films and posts, unchecked, crash no batch`, { timeout: 60_000 + cases * 20 }, async () => {
    const tablePrefix = await withoutTables(await connectHost(options), 'fuzz_');
    await storeMutated(await open({ ...options, tablePrefix }));
  });
});

/** Batches in which most records are odd, and one of each kind is good. */
async function storeMutated(repository: Repository): Promise<void> {
  for (let from = 0; from < cases; from += perBatch) {
    const chance = new Chance(seed + from);
    const numbers = Array.from({ length: perBatch }, (_, index) => from + index);
    const movies = numbers.map((number) => mutated(film(number), 'tmdbId', chance));
    const reviews = numbers.map((number) => mutated<Review>(sampleReview(number), 'tweetId', chance));
    const good = { movies: [film(cases + from)], reviews: [sampleReview(cases + from)] };
    const report = await repository.apply({
      related: { movies: [...movies, ...good.movies], fetchedAt: hour(1) },
      reviews: { reviews: [...reviews, ...good.reviews], fetchedAt: hour(1) },
    });
    expect(accounted(report), `seed ${seed}, batch from ${from}`).toBe(2 * (perBatch + 1));
    expect(await repository.findMovie({ tmdbId: cases + from + 1 })).not.toBeNull();
  }
}

const accounted = ({ movies, reviews, rejected = [] }: WriteReport): number =>
  [movies, reviews].reduce((sum, { inserted, updated, unchanged }) => sum + inserted + updated + unchanged, 0) +
  rejected.length;
