import { fileURLToPath } from 'node:url';
import { certainConfidence } from '../../../src/domain/match-movie.js';
import { type MatchingKind, matchingKinds } from '../../../test/domain/matching-queries.ts';
import type { Section } from '../section.ts';
import { readFilms } from './films.ts';
import { type Finder, type Finders, finders } from './finders.ts';
import { type Variant, variantsOf } from './variants.ts';

const films = fileURLToPath(new URL('../../../../shared/data/movies.jsonl.gz', import.meta.url));
const mostVoted = 2000;
const quickly = 150;
const seed = 20_021;

type Row = Array<string | number>;

interface Counts {
  right: number;
  wrong: number;
  sumRight: number;
  sumWrong: number;
  certain: number;
  certainRight: number;
}

export function measure({ quick }: { readonly quick: boolean }): Section {
  const all = readFilms(films);
  const ways = finders(all);
  const kinds = matchingKinds.map(({ kind, queries }) => ({
    kind,
    queries: quick ? queries.filter((_, index) => index % 4 === 0) : queries,
  }));
  const [table, tableShare, unsureShare] = ofTable(ways, kinds);
  const variants = variantsOf(all, quick ? quickly : mostVoted, seed);
  const [stress, stressShare] = ofVariants(ways, variants);
  return {
    title: 'Matching the film that was meant',
    tables: [
      {
        title: 'Our own queries by kind, with the films stored',
        columns: [
          'kind',
          'queries',
          'right',
          'first listed is right',
          'nothing stored',
          'sure when right',
          'sure when wrong',
          'certain and right',
        ],
        rows: table,
      },
      {
        title: `Names made of the ${quick ? quickly : mostVoted} most voted titles, seed ${seed}: share found`,
        columns: ['change', 'names', 'first listed', 'nothing stored', 'films stored', 'certain and right', 'calls'],
        rows: stress,
      },
    ],
    floors: [
      { name: 'right at rank 1 where one film is meant', value: tableShare, atLeast: 0.97 },
      { name: 'not certain where no single film is meant', value: unsureShare, atLeast: 0.95 },
      { name: 'made names found, with the films stored', value: stressShare, atLeast: 0.95 },
    ],
  };
}

function ofTable(ways: Finders, kinds: readonly MatchingKind[]): [Row[], number, number] {
  const sum = { one: 0, right: 0, none: 0, unsure: 0 };
  const rows = kinds.map(({ kind, queries }) => {
    const counts = count(ways.listedAndStored, queries);
    const single = queries.filter(([, meant]) => typeof meant === 'number');
    const rightOf = (find: Finder) =>
      single.filter(([name, meant]) => find(name).match?.candidate.tmdbId === meant).length;
    const right = rightOf(ways.listedAndStored);
    sum.one += single.length;
    sum.right += right;
    sum.none += queries.length - single.length;
    sum.unsure += counts.right - right;
    const shareOf = (found: number) => (single.length === 0 ? '-' : percent(found / single.length));
    return [
      kind,
      queries.length,
      single.length === 0 ? percent(counts.right / queries.length) : shareOf(right),
      shareOf(rightOf(ways.firstListed)),
      shareOf(rightOf(ways.listed)),
      mean(counts.sumRight, counts.right),
      mean(counts.sumWrong, counts.wrong),
      `${counts.certainRight} of ${counts.certain}`,
    ];
  });
  return [rows, sum.right / sum.one, sum.none === 0 ? 1 : sum.unsure / sum.none];
}

/** Where no single film is meant, an answer that is not certain is the right one. */
function count(find: Finder, queries: MatchingKind['queries']): Counts {
  const counts: Counts = { right: 0, wrong: 0, sumRight: 0, sumWrong: 0, certain: 0, certainRight: 0 };
  for (const [name, meant] of queries) {
    const { match } = find(name);
    const confidence = match?.confidence ?? 0;
    const isCertain = confidence >= certainConfidence;
    const isRight = typeof meant === 'number' ? match?.candidate.tmdbId === meant : !isCertain;
    counts[isRight ? 'right' : 'wrong'] += 1;
    counts[isRight ? 'sumRight' : 'sumWrong'] += confidence;
    if (isCertain) counts.certain += 1;
    if (isCertain && isRight) counts.certainRight += 1;
  }
  return counts;
}

function ofVariants(ways: Finders, variants: readonly Variant[]): [Row[], number] {
  let found = 0;
  const kinds = [...new Set(variants.map(({ kind }) => kind))];
  const rows = kinds.map((kind) => {
    const made = variants.filter((variant) => variant.kind === kind);
    const tally = { first: 0, listed: 0, stored: 0, certain: 0, certainRight: 0, calls: 0 };
    for (const { name, meant } of made) {
      const isRight = (find: Finder) => (find(name).match?.candidate.tmdbId === meant ? 1 : 0);
      const { match, calls } = ways.listedAndStored(name);
      const right = match?.candidate.tmdbId === meant;
      tally.first += isRight(ways.firstListed);
      tally.listed += isRight(ways.listed);
      tally.stored += right ? 1 : 0;
      tally.calls += calls;
      if ((match?.confidence ?? 0) < certainConfidence) continue;
      tally.certain += 1;
      tally.certainRight += right ? 1 : 0;
    }
    found += tally.stored;
    const shareOf = (part: number) => percent(part / made.length);
    return [
      kind,
      made.length,
      shareOf(tally.first),
      shareOf(tally.listed),
      shareOf(tally.stored),
      percent(tally.certain === 0 ? 1 : tally.certainRight / tally.certain),
      (tally.calls / made.length).toFixed(2),
    ];
  });
  return [rows, found / variants.length];
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const mean = (sum: number, of: number): string => (of === 0 ? '-' : (sum / of).toFixed(2));
