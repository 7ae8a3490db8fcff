import { foldTitle } from './fold-title.js';
import { indicLanguage } from './indic-letters.js';
import type { MovieCandidate } from './movie.js';
import { releaseYear } from './movie.js';
import { type NameForms, type TitleForms, textForms, titleForms } from './title-forms.js';
import { likeness } from './title-similarity.js';

/** Below this no candidate is the film that was meant. */
const floor = 0.45;
/** How much likeness outweighs fame: a hundredth more of it is worth half as many votes again. */
const evidence = 40;
const mostPosition = 20;
/** A text in Telugu hardly means a film in Tamil. */
const otherLanguage = 0.12;
/** A film that nobody lists could be meant as well: so likely is that where the best one is neither like the text nor known. */
const unlisted = 0.78 + Math.log(300) / evidence;

/** From this confidence on a match is taken for certain; below it, the others are worth showing. */
export const certainConfidence = 0.6;
/** From this share on it is rather a film that is not listed than any of these. */
const mostlyUnlisted = 0.97;
/** A title that is less like the name is hardly it. */
export const acceptableLikeness = 0.7;
/** What is less like the name is not worth showing. */
const leastShown = 0.25;
/** How many candidates are worth showing. */
const mostCandidatesShown = 5;

export interface MovieMatch<Candidate> {
  readonly candidate: Candidate;
  /** 0 to 1: 1 the title as searched and nothing else like it; below `certainConfidence` a guess. */
  readonly confidence: number;
  /** 0 to 1: how like its title and year are to what was searched, whatever else is like it. */
  readonly likeness: number;
}

interface Matching<Candidate> {
  /** null when no film is like the text. */
  readonly match: MovieMatch<Candidate> | null;
  /** The most likely films, best first, at most 5; none that is hardly like the text. */
  readonly candidates: readonly Candidate[];
}

type Comparable = Pick<MovieCandidate, 'title' | 'originalTitle' | 'releaseDate' | 'voteCount'> &
  Partial<Pick<MovieCandidate, 'originalLanguage'>>;

/** A film with its titles in the forms in which they are compared. */
interface ReadFilm<Candidate> {
  readonly candidate: Candidate;
  readonly titles: readonly TitleForms[];
  readonly year: number | null;
}

interface Query {
  readonly text: string;
  readonly year?: number;
}

/** The films among which one is meant: their titles are read once, for as many searches as come. */
export class MovieMatcher<Candidate extends Comparable> {
  readonly #films: ReadonlyArray<ReadFilm<Candidate>>;

  constructor(candidates: Iterable<Candidate>) {
    this.#films = Array.from(candidates, read);
  }

  /**
   * The film that was meant: by title (the original one too) and by the year within one when it is given, weighed with how
   * many voted; the order of the candidates decides the rest. The confidence falls as others could be meant as well.
   */
  find(query: Query): Matching<Candidate> {
    const ranked = this.#ranked(query);
    const candidates = ranked.slice(0, mostCandidatesShown).map(({ film }) => film.candidate);
    const [best] = ranked;
    if (best === undefined || best.likeness < floor) return { match: null, candidates };
    // Fame is what is known before, likeness what the text says: the share of the best film of all that could be meant.
    const none = best.likeness === 1 ? 0 : Math.exp((unlisted - best.rank) * evidence);
    const others = ranked.reduce((sum, { rank }) => sum + Math.exp((rank - best.rank) * evidence), none);
    if (none / others > mostlyUnlisted) return { match: null, candidates };
    const { film, likeness } = best;
    const confidence = Math.min(1, likeness ** 1.5 / others);
    return { match: { candidate: film.candidate, confidence, likeness }, candidates };
  }

  #ranked(query: Query) {
    const text = textForms(query.text);
    const dated = datedText(query);
    const language = indicLanguage(query.text);
    const ranked = [];
    for (const [position, film] of this.#films.entries()) {
      const alike = Math.max(
        likenessOf(text, query.year, film),
        dated === null ? 0 : 0.97 * likenessOf(dated.text, dated.year, film),
      );
      if (alike < leastShown) continue;
      const known = film.candidate.originalLanguage ?? null;
      const foreign = language === null || known === language ? 0 : known === null ? otherLanguage / 2 : otherLanguage;
      const fame = Math.log(film.candidate.voteCount + 10) / evidence;
      ranked.push({ film, likeness: alike, rank: alike + fame - foreign - 0.001 * Math.min(position, mostPosition) });
    }
    return ranked.sort((one, other) => other.rank - one.rank);
  }
}

/** As `MovieMatcher.find`, among candidates that are asked once: null when none is like the text at all. */
export function matchMovie<Candidate extends Comparable>(
  query: Query,
  candidates: readonly Candidate[],
): MovieMatch<Candidate> | null {
  const [only] = candidates;
  if (only !== undefined && candidates.length === 1 && isNamed(query, only))
    return { candidate: only, confidence: 1, likeness: 1 };
  return new MovieMatcher(candidates).find(query).match;
}

/** By its very title, and of the year that is given: the common case, which needs no comparing. */
function isNamed({ text, year }: Query, film: Comparable): boolean {
  const folded = foldTitle(text);
  if (folded === '' || (year !== undefined && year !== releaseYear(film))) return false;
  return folded === foldTitle(film.title) || folded === foldTitle(film.originalTitle);
}

function read<Candidate extends Comparable>(candidate: Candidate): ReadFilm<Candidate> {
  const { title, originalTitle } = candidate;
  const names = originalTitle === '' || originalTitle === title ? [title] : [title, originalTitle];
  return { candidate, titles: names.map(titleForms), year: releaseYear(candidate) };
}

/** 'Dune 1984': a year without brackets, which may as well be a part of the title. */
function datedText({ text, year }: Query): { readonly text: NameForms; readonly year: number } | null {
  if (year !== undefined || !/\s\d{4}$/u.test(text)) return null;
  return { text: textForms(text.slice(0, -5)), year: Number(text.slice(-4)) };
}

function likenessOf<Candidate>(text: NameForms, wantedYear: number | undefined, film: ReadFilm<Candidate>): number {
  let title = 0;
  for (const forms of film.titles) title = Math.max(title, likeness(text, forms));
  if (wantedYear === undefined || title === 0) return title;
  if (film.year === null) return title * 0.8;
  const apart = Math.abs(film.year - wantedYear);
  if (apart === 0) return title;
  return apart === 1 ? title * 0.95 : title * 0.4; // another year is another film
}
