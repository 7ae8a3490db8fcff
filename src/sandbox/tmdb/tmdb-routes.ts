import type { Answer } from '../answer.js';
import type { SandboxFilm } from '../film.js';
import type { FilmCatalogue } from '../film-catalogue.js';
import { cacheable } from './cacheable.js';
import { configuration } from './configuration.js';
import { tmdbFailure } from './tmdb-failures.js';
import { details, genreIds, pageOf, partNamed } from './tmdb-wire.js';

const lastPage = 500;
const mostAppended = 20;

/** The parameters that are checked; others are ignored, as TMDB does. */
const checks: ReadonlyArray<readonly [name: string, good: RegExp]> = [
  ['language', /^[a-z]{2}(-[A-Z]{2})?$/],
  ['region', /^[A-Z]{2}$/],
  ['year', /^\d{4}$/],
  ['primary_release_year', /^\d{4}$/],
];

/** Answers a TMDB v3 request, without auth and limits. */
export function answerTmdb(path: string, query: URLSearchParams, films: FilmCatalogue): Answer {
  const page = Number(query.get('page') ?? '1');
  if (!Number.isInteger(page) || page < 1 || page > lastPage) return tmdbFailure(22);
  for (const [name, good] of checks) {
    const value = query.get(name) ?? '';
    if (value !== '' && !good.test(value)) return tmdbFailure(5, `The parameter ${name} is wrong.`);
  }
  if (path === '/3/authentication')
    return cacheable({ success: true, status_code: 1, status_message: 'The credential is good.' });
  if (path === '/3/configuration') return cacheable(configuration);
  if (path === '/3/genre/movie/list')
    return cacheable({ genres: Object.entries(genreIds).map(([name, id]) => ({ id, name })) });
  if (path === '/3/search/movie') return search(query, page, films);
  const match = /^\/3\/movie\/([^/]+)(?:\/([a-z]+))?$/.exec(path);
  return match === null ? tmdbFailure(34) : film(match[1] ?? '', match[2], query, page, films);
}

function search(query: URLSearchParams, page: number, films: FilmCatalogue): Answer {
  const year = query.get('primary_release_year') ?? query.get('year');
  const hits = films.search(query.get('query') ?? '', year === null || year === '' ? undefined : Number(year));
  return cacheable(pageOf(hits, page));
}

function film(
  id: string,
  part: string | undefined,
  query: URLSearchParams,
  page: number,
  films: FilmCatalogue,
): Answer {
  if (!/^\d+$/.test(id)) return tmdbFailure(6);
  const known = films.film(Number(id));
  if (known === undefined) return tmdbFailure(34);
  if (part !== undefined) {
    const make = partNamed(part);
    return make === undefined ? tmdbFailure(34) : cacheable({ ...idOf(known, part), ...make(known, films, page) });
  }
  const appended = (query.get('append_to_response') ?? '').split(',').filter((name) => name !== '');
  if (appended.length > mostAppended) return tmdbFailure(27);
  const extra = appended.flatMap((name) => {
    const make = partNamed(name);
    return make === undefined ? [] : [[name, make(known, films, page)] as const];
  });
  return cacheable({ ...details(known), ...Object.fromEntries(extra) });
}

/** Lists of films do not say of which film they are. */
const idOf = ({ tmdb_id: id }: SandboxFilm, part: string): object =>
  part === 'recommendations' || part === 'similar' ? {} : { id };
