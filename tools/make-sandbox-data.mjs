// Makes src/sandbox/data/films.json: facts of some 300 well-known films of many countries, no texts of others.
// Usage: node tools/make-sandbox-data.mjs ../shared/data/movies.jsonl.gz
// The source is a dated research sample of TMDB facts that is not part of this repository. Same input, same output.
import { readFile, writeFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';

const quotas = {
  en: 130,
  hi: 26,
  te: 16,
  ta: 9,
  ml: 7,
  fr: 16,
  ja: 16,
  ko: 12,
  es: 11,
  it: 10,
  de: 9,
  zh: 6,
  cn: 6,
  pt: 4,
  ru: 4,
  sv: 4,
  da: 4,
  pl: 3,
  fa: 4,
  no: 2,
  tr: 2,
  th: 2,
  id: 2,
  nl: 2,
  hu: 2,
  ar: 1,
};
const required = new Set([579974, 690957, 256040, 350312]);
const mostKeywords = 10;
const mostCast = 4;

const [source] = process.argv.slice(2);
if (source === undefined) throw new Error('usage: node tools/make-sandbox-data.mjs <movies.jsonl.gz>');
const films = gunzipSync(await readFile(source))
  .toString('utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

const usable = (film) =>
  film.release_date && film.genres.length > 0 && film.directors.length > 0 && film.cast.length > 0;
const chosen = new Map(films.filter(({ tmdb_id }) => required.has(tmdb_id)).map((film) => [film.tmdb_id, film]));
for (const [language, quota] of Object.entries(quotas)) {
  const best = films
    .filter((film) => film.original_language === language && usable(film))
    .sort((one, other) => other.vote_count - one.vote_count || one.tmdb_id - other.tmdb_id)
    .slice(0, quota);
  for (const film of best) chosen.set(film.tmdb_id, film);
}

const rows = [...chosen.values()]
  .sort((one, other) => one.tmdb_id - other.tmdb_id)
  .map((film) => ({
    tmdb_id: film.tmdb_id,
    title: film.title,
    original_title: film.original_title ?? film.title,
    original_language: film.original_language,
    release_date: film.release_date,
    genres: film.genres,
    keywords: film.keywords.slice(0, mostKeywords),
    cast: film.cast.slice(0, mostCast),
    directors: film.directors.slice(0, 2),
    vote_average: film.vote_average,
    vote_count: film.vote_count,
    popularity: film.popularity ?? Math.round(film.vote_count / 100),
    runtime: film.runtime,
  }));
await writeFile('src/sandbox/data/films.json', `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`);
console.log(`${rows.length} films`);
