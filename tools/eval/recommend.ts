/**
 * How well films are recommended: cross-validation over the people of ../shared/data, beside simple recommenders on the
 * same questions. Run: `node --expose-gc tools/eval/recommend.ts [--quick]`, after a build.
 *
 * A question is a film that a person likes, the seed; the answer is a list of films for it, and the right ones are the
 * other films of the catalogue that this person likes. Measures are means over the questions (docs/recommendations.md
 * defines them). `learn` sees the likes of the people of the other folds only.
 */
import { type Movie, MovieRecommender } from 'reelflow';
import { printAlone } from './print-section.ts';
import { itemNeighbours, popularity, tfIdf } from './recommend/baselines.ts';
import { type Fold, foldsOf } from './recommend/folds.ts';
import { type Lists, type Measures, measure } from './recommend/measures.ts';
import { readMovies, readPeople } from './recommend/reference-data.ts';
import { measureSpeed } from './recommend/speed.ts';
import { tfIdfVectors } from './recommend/tf-idf-vectors.ts';
import type { Section } from './section.ts';

const dataSets = [
  {
    name: 'MovieLens',
    file: 'likes-train.csv.gz',
    people: 75,
    content: { extra10: 0.48, hit10: 0.55, diversity: 0.6 },
  },
  { name: 'MovieTweetings', file: 'likes-tweets-train.csv.gz', people: 300, content: { extra10: 0.15 } },
] as const;

/** What `learn` must reach beside item neighbours on the same questions, as the targets on held-back people ask. */
const learnedBeside = {
  MovieLens: { extra10: 1.15 / 1.12, tail10: 0.36 / 0.364, coverage: 0.12 / 0.091 },
  MovieTweetings: { extra10: 0.4 / 0.38 },
} as const;

const measured = [
  'hit10',
  'recall20',
  'ndcg10',
  'found10',
  'extra10',
  'extraScaled10',
  'tail10',
  'coverage',
  'diversity',
  'popularityRank',
] as const satisfies ReadonlyArray<keyof Measures>;

/** Few questions tell less: in a quick run what is compared may be this much lower. */
const quickSlack = 0.9;

type Floor = Section['floors'][number];

export async function evaluate({ quick }: { quick: boolean }): Promise<Section> {
  const movies = readMovies();
  const vectors = tfIdfVectors(movies);
  const [plain, voted] = [tfIdf(movies, vectors, false), tfIdf(movies, vectors, true)];
  const content = ourLists(movies);
  const section: Section = { title: 'Recommendations', tables: [], floors: [] };
  for (const { name, file, people, content: floors } of dataSets) {
    const size = quick
      ? { evaluated: 3, mostPeople: Math.min(people, 120), mostSeeds: 3 }
      : { evaluated: 5, mostPeople: people, mostSeeds: 6 };
    const folds = foldsOf(readPeople(file, movies), { folds: 5, ...size });
    const results = new Map<string, Measures>();
    const run = async (label: string, recommenderFor: (fold: Fold) => Lists) =>
      results.set(label, await measure(movies, folds, recommenderFor));
    await run('popularity', (fold) => popularity(movies, fold));
    await run('TF-IDF', () => plain);
    await run('TF-IDF × log votes', () => voted);
    await run('item kNN, shrunk', (fold) => itemNeighbours(movies, fold));
    await run('reelflow, content', () => content);
    await run('reelflow, learn', (fold) => ourLists(movies, fold));
    section.tables.push(tableOf(name, folds, results));
    section.floors.push(
      ...contentFloors(name, floors, results),
      ...learnedFloors(name, results, quick ? quickSlack : 1),
    );
  }
  await addSpeed(section, movies, quick);
  return section;
}

/** The library's recommender; with a fold, it learns from the people who are known. */
function ourLists(movies: readonly Movie[], fold?: Fold): Lists {
  const placeOf = new Map(movies.map(({ tmdbId }, place) => [tmdbId, place]));
  const idOf = (place: number): number => movies[place]?.tmdbId ?? 0;
  const recommender = new MovieRecommender();
  recommender.index(movies);
  for (const { id, likes } of fold?.known ?? []) {
    recommender.learn(likes.map((place) => ({ userId: id, tmdbId: idOf(place) })));
  }
  return async (seed) =>
    (await recommender.recommend(idOf(seed), { limit: 20 })).map(({ tmdbId }) => placeOf.get(tmdbId) ?? -1);
}

function tableOf(
  name: string,
  folds: readonly Fold[],
  results: ReadonlyMap<string, Measures>,
): Section['tables'][number] {
  const questions = folds.reduce((sum, { cases }) => sum + cases.length, 0);
  return {
    title: `${name}, ${questions} seeds in ${folds.length} of 5 folds`,
    columns: [
      'recommender',
      'hit@10',
      'recall@20',
      'nDCG@10',
      'found@10',
      'extra@10',
      'extra@10 scaled',
      'tail@10',
      'coverage',
      'diversity',
      'popularity rank',
    ],
    rows: [...results].map(([label, measures]) => [label, ...measured.map((measure) => rounded(measures[measure]))]),
  };
}

function contentFloors(name: string, floors: Partial<Measures>, results: ReadonlyMap<string, Measures>): Floor[] {
  const ours = results.get('reelflow, content');
  return measured.flatMap((measure) => {
    const atLeast = floors[measure];
    return atLeast === undefined
      ? []
      : [{ name: `${name}, content, ${measure}`, value: rounded(ours?.[measure] ?? 0), atLeast }];
  });
}

function learnedFloors(
  name: keyof typeof learnedBeside,
  results: ReadonlyMap<string, Measures>,
  slack: number,
): Floor[] {
  const [ours, theirs] = [results.get('reelflow, learn'), results.get('item kNN, shrunk')];
  const ratios: Partial<Measures> = learnedBeside[name];
  return measured.flatMap((measure) => {
    const atLeast = ratios[measure];
    if (atLeast === undefined || ours === undefined || theirs === undefined) return [];
    const value = rounded(ours[measure] / theirs[measure]);
    return [{ name: `${name}, learn, ${measure} beside item kNN`, value, atLeast: rounded(atLeast * slack) }];
  });
}

async function addSpeed(section: Section, movies: readonly Movie[], quick: boolean): Promise<void> {
  const speed = await measureSpeed(movies, quick ? 300 : 1000);
  section.tables.push({
    title: `${movies.length} films on one core`,
    columns: [
      'built, ms',
      'index, MB',
      'process, MB',
      'one, median ms',
      'one, p95 ms',
      'brute-force TF-IDF, median ms',
    ],
    rows: [
      [
        Math.round(speed.buildMs),
        speed.heapMb === null ? 'needs --expose-gc' : Math.round(speed.heapMb),
        Math.round(speed.rssMb),
        rounded(speed.medianMs),
        rounded(speed.p95Ms),
        rounded(speed.bruteForceMedianMs),
      ],
    ],
  });
  section.floors.push({
    name: 'times faster than brute-force TF-IDF',
    value: rounded(speed.bruteForceMedianMs / speed.medianMs),
    atLeast: 5,
  });
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

if (import.meta.main) printAlone(await evaluate({ quick: process.argv.includes('--quick') }));
