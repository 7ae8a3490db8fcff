import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { MovieMatcher, matchMovie } from '../../src/domain/match-movie.js';
import { parseSearchName } from '../../src/domain/search-name.js';
import films from '../../src/sandbox/data/films.json' with { type: 'json' };
import { describeWithShared, sharedPath } from '../support/requirements.js';

interface Row {
  readonly tmdb_id: number;
  readonly title: string;
  readonly original_title?: string | null;
  readonly release_date?: string | null;
  readonly vote_count: number;
}
const candidate = (row: Row) => ({
  tmdbId: row.tmdb_id,
  title: row.title,
  originalTitle: row.original_title ?? '',
  releaseDate: row.release_date ?? null,
  voteCount: row.vote_count,
});
const find = (name: string, among: readonly ReturnType<typeof candidate>[]) => matchMovie(parseSearchName(name), among);

const bundled = films.map(candidate);

describe('which film is meant, among the bundled ones', () => {
  test.each([
    ['RRR', 579_974],
    ['rrr', 579_974],
    ['rrr movie', 579_974],
    ['R.R.R.', 579_974],
    ['RRR (2022)', 579_974],
    ['RRR (2021)', 579_974],
    ['రౌద్రం రణం రుధిరం', 579_974],
    ['Pushpa', 690_957],
    ['pushpa the rise', 690_957],
    ['Pushpa The Rise Part 1', 690_957],
    ['Bahubali', 256_040],
    ['Baahubali', 256_040],
    ['bahubali 2', 350_312],
    ['Star Wars', 11],
    ['Finding Nemo', 12],
    ['finding nimo', 12],
  ])('%j', (name, tmdbId) => {
    expect(find(name, bundled)).toMatchObject({ candidate: { tmdbId } });
  });

  test('the same title is sure; a beginning, a typo and a title among others less so', () => {
    expect(find('RRR', bundled)?.confidence).toBe(1);
    const beginning = find('Pushpa', bundled)?.confidence ?? 0;
    expect(beginning).toBeGreaterThan(0.6);
    expect(beginning).toBeLessThan(1);
    expect(find('finding nimo', bundled)?.confidence).toBeLessThan(0.9);
  });

  test.each(['zzzqqq', 'The Quiet Plumber of Ghent', 'q'])('%j is no film of these', (name) => {
    expect(find(name, bundled)).toBeNull();
  });

  test('no candidates, no match', () => {
    expect(find('RRR', [])).toBeNull();
  });

  test('one candidate alone is judged as among candidates, also by its very title', () => {
    for (const film of bundled.slice(0, 60)) {
      for (const name of [
        film.title,
        film.title.toUpperCase(),
        `${film.title} (${film.releaseDate?.slice(0, 4)})`,
        'RRR',
      ]) {
        const query = parseSearchName(name);
        expect(find(name, [film])).toEqual(new MovieMatcher([film]).find(query).match);
      }
    }
  });
});

describe('which film is meant, among namesakes', () => {
  const made = (tmdbId: number, title: string, year: string, voteCount: number) => ({
    tmdbId,
    title,
    originalTitle: title,
    releaseDate: `${year}-06-01`,
    voteCount,
  });
  const heat = [
    made(1, 'Heat', '1986', 120),
    made(2, 'Heat', '1995', 7000),
    made(3, 'The Heat', '2013', 3500),
    made(4, 'Heat Wave', '2011', 40),
  ];
  test('the better known without a year; the one of that year with it; a year off by one', () => {
    expect(find('Heat', heat)?.candidate.tmdbId).toBe(2);
    expect(find('Heat (1986)', heat)?.candidate.tmdbId).toBe(1);
    expect(find('Heat (1987)', heat)?.candidate.tmdbId).toBe(1);
    expect(find('The Heat', heat)?.candidate.tmdbId).toBe(3);
    expect(find('Heat', heat)?.confidence).toBeGreaterThan(find('heat wav', heat)?.confidence ?? 1);
  });

  test('numerals, articles and the original title', () => {
    const rocky = [
      made(1, 'Rocky', '1976', 7000),
      made(2, 'Rocky II', '1979', 3000),
      { ...made(3, 'Godfather, The', '1972', 100), originalTitle: 'Il padrino' },
    ];
    expect(find('Rocky 2', rocky)?.candidate.tmdbId).toBe(2);
    expect(find('Rocky', rocky)?.candidate.tmdbId).toBe(1);
    expect(find('il padrino', rocky)?.candidate.tmdbId).toBe(3);
    expect(find('padrino', rocky)?.candidate.tmdbId).toBe(3);
  });

  test.each([
    ['It', 1],
    ['it chapter 2', 2],
    ['Up', 3],
    ['up in the air', 4],
    ['Devdas', 6],
    ['Devdas (1955)', 5],
    ['Devdas (2003)', 6],
    ['देवदास', 6],
    ['పుష్ప', 7],
    ['Pushpa 2', 8],
    ['pushpa 2 the rule', 8],
    ['Matrix', 9],
    ['The Matrx', 9],
    ['Amelie', 10],
    ['Le Fabuleux Destin d’Amélie Poulain', 10],
    ['Spiderman', 11],
    ['spider man (2003)', 11],
    ['FAST AND FURIOUS', 12],
    ['Ocean’s 11', null],
    ['1917', 13],
    ['1917 (2019)', 13],
    ['blade runner 2049', 14],
    ['Blade Runner', 15],
    ['The Dark Knigth', 16],
    ['dark constructer', 17],
    ['the office', null],
  ])('%j among the like', (name, tmdbId) => {
    const films = [
      made(1, 'It', '2017', 20_000),
      made(2, 'It Chapter Two', '2019', 9000),
      made(3, 'Up', '2009', 21_000),
      made(4, 'Up in the Air', '2009', 4200),
      { ...made(5, 'Devdas', '1955', 30), originalTitle: 'देवदास' },
      { ...made(6, 'Devdas', '2002', 400), originalTitle: 'देवदास' },
      { ...made(7, 'Pushpa: The Rise - Part 1', '2021', 500), originalTitle: 'పుష్ప: ది రైజ్' },
      { ...made(8, 'Pushpa 2: The Rule', '2024', 300), originalTitle: 'పుష్ప 2: ది రూల్' },
      made(9, 'The Matrix', '1999', 26_000),
      { ...made(10, 'Amélie', '2001', 11_000), originalTitle: 'Le Fabuleux Destin d’Amélie Poulain' },
      made(11, 'Spider-Man', '2002', 19_000),
      made(12, 'Fast & Furious', '2009', 7000),
      made(13, '1917', '2019', 12_000),
      made(14, 'Blade Runner 2049', '2017', 14_000),
      made(15, 'Blade Runner', '1982', 14_000),
      made(16, 'The Dark Knight', '2008', 33_000),
      made(17, 'The Dark Constructor', '2010', 10), // a name that every object has
    ];
    expect(find(name, films)?.candidate.tmdbId ?? null).toBe(tmdbId);
  });

  test('any number of candidates will do', () => {
    const many = Array.from({ length: 200_000 }, (_, index) => made(index, 'Other', '2000', index));
    expect(find('Heat', [...many, ...heat])?.candidate.tmdbId).toBe(2);
  });

  test('among candidates that no year tells apart, one without a date comes after', () => {
    const undated = [{ ...made(1, 'Film', '2000', 10), releaseDate: null }, made(2, 'Film', '2000', 10)];
    expect(find('Film (2000)', undated)?.candidate.tmdbId).toBe(2);
  });
});

describeWithShared('data/movies.jsonl.gz', 'which film is meant, among 21,155', () => {
  const all = () =>
    gunzipSync(readFileSync(sharedPath('data/movies.jsonl.gz')))
      .toString()
      .trim()
      .split('\n')
      .map((line) => candidate(JSON.parse(line)));
  test('short titles, remakes, typos, numerals, original titles', () => {
    const among = all();
    const found = (name: string) => {
      const match = find(name, among);
      return `${match?.candidate.title} (${match?.candidate.releaseDate?.slice(0, 4)})`;
    };
    expect(
      [
        'It',
        'Up',
        'Seven',
        'Se7en',
        'Spider-Man (2002)',
        'Rocky 2',
        'godfather',
        'Amelie',
        'Terminator II',
        'Incepton',
        'Bahubali',
      ].map(found),
    ).toEqual([
      'It (2017)',
      'Up (2009)',
      'Se7en (1995)',
      'Se7en (1995)',
      'Spider-Man (2002)',
      'Rocky II (1979)',
      'The Godfather (1972)',
      'Amélie (2001)',
      'Terminator 2: Judgment Day (1991)',
      'Inception (2010)',
      'Bāhubali: The Beginning (2015)',
    ]);
  });
});
