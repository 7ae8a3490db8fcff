import { describe, expect, test } from 'vitest';
import { certainConfidence } from '../../src/domain/match-movie.js';
import bundled from '../../src/sandbox/data/films.json' with { type: 'json' };
import type { SandboxFilm } from '../../src/sandbox/film.js';
import { readFilms } from '../../tools/eval/matching/films.ts';
import { type Finder, type Finders, finders } from '../../tools/eval/matching/finders.ts';
import { describeWithShared, sharedPath } from '../support/requirements.js';
import { type MatchingKind, matchingKinds } from './matching-queries.ts';

const share = 0.97;

/** How a way to find films does on the queries of a kind, with what it gets wrong in words. */
function judge(find: Finder, { queries }: MatchingKind) {
  const misses: string[] = [];
  let [withOne, right, withoutOne, unsure] = [0, 0, 0, 0];
  for (const [name, meant] of queries) {
    const { match, candidates } = find(name);
    const found = `'${name}': ${match?.candidate.title ?? 'nothing'}, ${(match?.confidence ?? 0).toFixed(2)}`;
    if (typeof meant === 'number') {
      withOne += 1;
      if (match?.candidate.tmdbId === meant) right += 1;
      else misses.push(found);
      continue;
    }
    withoutOne += 1;
    if ((match?.confidence ?? 0) >= certainConfidence) misses.push(`${found}, though ${meant}`);
    else if (match !== null && candidates.length === 0) misses.push(`${found}, no candidates`);
    else unsure += 1;
  }
  return { withOne, right, withoutOne, unsure, misses };
}

function testTable(of: () => Finders, kinds: readonly MatchingKind[]) {
  describe.each(['all', 'listedAndStored'] as const)('chosen among %s', (way) => {
    test.each(kinds)('$kind', (kind) => {
      const { withOne, right, misses } = judge(of()[way], kind);
      if (misses.length > 0) console.info(`${kind.kind}: ${misses.join('; ')}`);
      expect(right).toBeGreaterThanOrEqual(withOne * share);
      if (withOne === 0) expect(misses).toEqual([]);
    });
  });
}

/** The queries whose film is bundled, and those that name none. */
function bundledKinds(): MatchingKind[] {
  const ids = new Set(bundled.map(({ tmdb_id }) => tmdb_id));
  return matchingKinds
    .map(({ kind, queries }) => ({
      kind,
      queries: queries.filter(([, meant]) => meant === 'none' || (typeof meant === 'number' && ids.has(meant))),
    }))
    .filter(({ queries }) => queries.length > 0);
}

describe('names as people type them, over the bundled films', () => {
  const films: readonly SandboxFilm[] = bundled;
  const ways = finders(films);
  testTable(() => ways, bundledKinds());
});

describe('the table', () => {
  test('has at least 150 queries, each once', () => {
    const names = matchingKinds.flatMap(({ queries }) => queries.map(([name]) => name));
    expect(names.length).toBeGreaterThanOrEqual(150);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});

describeWithShared('data/movies.jsonl.gz', 'names as people type them, over 21,155 films', () => {
  const ways = finders(readFilms(sharedPath('data/movies.jsonl.gz')));
  testTable(() => ways, matchingKinds);

  test('in total; where nothing is stored, the sandbox as the provider finds at least 80 %', () => {
    const total = (way: keyof Finders) => {
      const judged = matchingKinds.map((kind) => judge(ways[way], kind));
      const sum = (of: 'right' | 'withOne' | 'unsure' | 'withoutOne') => judged.reduce((all, one) => all + one[of], 0);
      return { right: sum('right') / sum('withOne'), unsure: sum('unsure') / sum('withoutOne') };
    };
    for (const way of ['all', 'listedAndStored'] as const) {
      expect(total(way).right).toBeGreaterThanOrEqual(share);
      expect(total(way).unsure).toBeGreaterThanOrEqual(0.95);
    }
    expect(total('listed').right).toBeGreaterThanOrEqual(0.8);
  });
});
