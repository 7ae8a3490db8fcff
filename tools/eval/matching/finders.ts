import { broaderText, plainerText } from '../../../src/domain/broader-text.js';
import {
  acceptableLikeness,
  certainConfidence,
  type MovieMatch,
  MovieMatcher,
} from '../../../src/domain/match-movie.js';
import type { MovieCandidate } from '../../../src/domain/movie.js';
import { parseSearchName } from '../../../src/domain/search-name.js';
import type { SandboxFilm } from '../../../src/sandbox/film.js';
import { FilmCatalogue } from '../../../src/sandbox/film-catalogue.js';
import { toCandidate } from './films.ts';

const mostCandidates = 20;

interface Finding {
  readonly match: MovieMatch<MovieCandidate> | null;
  readonly candidates: readonly MovieCandidate[];
  /** Questions to the provider. */
  readonly calls: number;
}

export type Finder = (name: string) => Finding;

export interface Finders {
  /** The first film that the provider lists, as it is. */
  readonly firstListed: Finder;
  /** Chosen among the answers of the provider, as a search does it when nothing is stored. */
  readonly listed: Finder;
  /** The same with all films stored. */
  readonly listedAndStored: Finder;
  /** Chosen among all films at once. */
  readonly all: Finder;
}

/** The ways to find a film by its name; the sandbox's search of these films stands for the provider. */
export function finders(films: readonly SandboxFilm[]): Finders {
  const catalogue = new FilmCatalogue(films);
  const everything = new MovieMatcher(films.map(toCandidate));
  const amongAll = new Map<string, Finding>();
  const findAmongAll = (typed: string): Finding => {
    const known = amongAll.get(typed) ?? { ...everything.find(parseSearchName(typed)), calls: 0 };
    amongAll.set(typed, known);
    return known;
  };
  const ask = (text: string, year?: number) => catalogue.search(text, year).slice(0, mostCandidates).map(toCandidate);
  const search = (typed: string, stored: () => readonly MovieCandidate[]): Finding => {
    const name = parseSearchName(typed);
    const films = new Map<number, MovieCandidate>();
    const choose = (more: readonly MovieCandidate[], calls: number) => {
      for (const film of more) if (!films.has(film.tmdbId)) films.set(film.tmdbId, film);
      return { ...new MovieMatcher(films.values()).find(name), calls };
    };
    const first = choose(ask(name.text, name.year), 1);
    if (first.match !== null && first.match.confidence >= certainConfidence) return first;
    const second = choose(stored(), 1);
    if (second.match !== null && second.match.likeness >= acceptableLikeness) return second;
    const text = name.year === undefined ? broaderText(name.text) : plainerText(name.text);
    return text === null ? second : choose(ask(text), 2);
  };
  return {
    firstListed: (typed) => {
      const { text, year } = parseSearchName(typed);
      const candidates = ask(text, year);
      const [candidate] = candidates;
      return {
        match: candidate === undefined ? null : { candidate, confidence: 1, likeness: 1 },
        candidates,
        calls: 1,
      };
    },
    listed: (typed) => search(typed, () => []),
    listedAndStored: (typed) => search(typed, () => findAmongAll(typed).candidates),
    all: findAmongAll,
  };
}
