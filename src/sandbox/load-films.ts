import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import { ReelflowError } from '../errors/reelflow-error.js';
import bundled from './data/films.json' with { type: 'json' };
import type { SandboxFilm } from './film.js';

const names = z.array(z.string()).default([]);
const filmSchema = z.object({
  tmdb_id: z.number().int().positive(),
  title: z.string().min(1),
  original_title: z.string().nullish(),
  original_language: z.string().nullish(),
  release_date: z.string().nullish(),
  genres: names,
  keywords: names,
  cast: names,
  directors: names,
  overview: z.string().nullish(),
  vote_average: z.number().default(0),
  vote_count: z.number().default(0),
  popularity: z.number().nullish(),
  runtime: z.number().nullish(),
});

/** The films to serve. @throws INVALID_OPTIONS when the file cannot be read, DATA_PARSE with the line that is wrong */
export async function loadFilms(movies: readonly SandboxFilm[] | string | undefined): Promise<readonly SandboxFilm[]> {
  if (movies === undefined) return bundled;
  if (typeof movies !== 'string') return movies.map((film, index) => check(film, `movies[${index}]`));
  const text = await readText(movies);
  const films: SandboxFilm[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() !== '') films.push(check(parseLine(line, index + 1), `line ${index + 1}`));
  }
  return films;
}

async function readText(path: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw new ReelflowError('INVALID_OPTIONS', `startSandbox: movies names the file ${path}, which cannot be read`, {
      cause,
    });
  }
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return (isGzip ? gunzipSync(bytes) : bytes).toString('utf8');
}

function parseLine(line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new ReelflowError('DATA_PARSE', `startSandbox: line ${number} of the films is no JSON`, { cause });
  }
}

function check(raw: unknown, where: string): SandboxFilm {
  const parsed = filmSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ReelflowError(
    'DATA_PARSE',
    `startSandbox: ${where} is no film: ${issue?.path.join('.')}: ${issue?.message}`,
  );
}
