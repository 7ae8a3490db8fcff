import type { Answer } from '../answer.js';
import type { FilmCatalogue } from '../film-catalogue.js';
import { details, genreIds, pageOf, parts } from './tmdb-wire.js';

const lastPage = 500;
const mostAppended = 20;
const cached = { 'cache-control': 'public, max-age=6991' };

export const tmdbFailure = (status: number, code: number, message: string): Answer => ({
  status,
  body: { success: false, status_code: code, status_message: message },
});

/** Answers a TMDB v3 request, without auth and limits. */
export function answerTmdb(path: string, query: URLSearchParams, films: FilmCatalogue): Answer {
  const page = Number(query.get('page') ?? '1');
  if (!Number.isInteger(page) || page < 1 || page > lastPage)
    return tmdbFailure(400, 22, 'The page is not between 1 and 500.');
  if (path === '/3/authentication')
    return found({ success: true, status_code: 1, status_message: 'The credential is good.' });
  if (path === '/3/configuration') return found(configuration);
  if (path === '/3/genre/movie/list')
    return found({ genres: Object.entries(genreIds).map(([name, id]) => ({ id, name })) });
  if (path === '/3/search/movie') return search(query, page, films);
  const match = /^\/3\/movie\/([^/]+)(?:\/([a-z]+))?$/.exec(path);
  return match === null ? notFound() : film(match[1] ?? '', match[2], query, page, films);
}

function search(query: URLSearchParams, page: number, films: FilmCatalogue): Answer {
  const year = query.get('primary_release_year') ?? query.get('year');
  const hits = films.search(query.get('query') ?? '', year === null || year === '' ? undefined : Number(year));
  return found(pageOf(hits, page));
}

function film(
  id: string,
  part: string | undefined,
  query: URLSearchParams,
  page: number,
  films: FilmCatalogue,
): Answer {
  if (!/^\d+$/.test(id)) return tmdbFailure(404, 6, 'The id is malformed or was not found.');
  const known = films.film(Number(id));
  if (known === undefined) return notFound();
  if (part !== undefined) {
    const make = parts[part];
    return make === undefined ? notFound() : found({ id: known.tmdb_id, ...make(known, films, page) });
  }
  const appended = (query.get('append_to_response') ?? '').split(',').filter((name) => name !== '');
  if (appended.length > mostAppended) return tmdbFailure(400, 27, 'At most 20 parts can be appended.');
  const extra = appended.flatMap((name) => {
    const make = parts[name];
    return make === undefined ? [] : [[name, make(known, films, page)] as const];
  });
  return found({ ...details(known), ...Object.fromEntries(extra) });
}

const found = (body: object): Answer => ({
  status: 200,
  headers: { ...cached, etag: `W/"${JSON.stringify(body).length.toString(16)}"` },
  body,
});
const notFound = (): Answer => tmdbFailure(404, 34, 'What was asked for was not found.');

const configuration = {
  images: {
    base_url: 'http://image.tmdb.org/t/p/',
    secure_base_url: 'https://image.tmdb.org/t/p/',
    backdrop_sizes: ['w300', 'w780', 'w1280', 'original'],
    logo_sizes: ['w45', 'w92', 'w154', 'w185', 'w300', 'w500', 'original'],
    poster_sizes: ['w92', 'w154', 'w185', 'w342', 'w500', 'w780', 'original'],
    profile_sizes: ['w45', 'w185', 'h632', 'original'],
    still_sizes: ['w92', 'w185', 'w300', 'original'],
  },
  change_keys: ['title', 'overview', 'release_date'],
};
