import { broaderText, plainerText } from '../../domain/broader-text.js';
import { acceptableLikeness, certainConfidence, MovieMatcher } from '../../domain/match-movie.js';
import type { MovieCandidate } from '../../domain/movie.js';
import { parseCandidate } from '../../domain/schemas.js';
import type { DataOrigin } from '../../domain/workflow-run.js';
import type { ReelflowError } from '../../errors/reelflow-error.js';
import type { MovieQuery } from '../../ports/movie-api-client.js';
import type { RunContext } from '../run-context.js';

export type OnCandidates = (candidates: readonly MovieCandidate[]) => void;

/** The film that an answer led to. */
export interface FoundLive {
  readonly film: MovieCandidate;
  readonly origin: DataOrigin;
  readonly confidence: number;
  /** Why an old answer was taken. */
  readonly error: ReelflowError | null;
}

/** Films of one source, as it ranks them. */
interface Answer {
  readonly candidates: readonly MovieCandidate[];
  readonly origin: DataOrigin;
  readonly error: ReelflowError | null;
}

interface Choice {
  readonly found: FoundLive;
  readonly isAcceptable: boolean;
  readonly isCertain: boolean;
}

/**
 * The film that is meant: one call, as it was typed. Where that leaves doubt, the stored films that are spelled alike are
 * considered too, and only where none of all is like the name, the provider is asked once more, for less than was typed.
 * null when that brought nothing either. `onCandidates` hears which films may be meant where it is not certain.
 */
export async function searchLive(
  context: RunContext,
  spelledAlike: () => Promise<readonly MovieCandidate[]>,
  onCandidates: OnCandidates,
): Promise<FoundLive | null> {
  const { name } = context.request;
  const asTyped = await ask(context, name);
  const first = choose(name, [asTyped], onCandidates);
  if (first?.isCertain) return first.found;
  const answers = [asTyped, { candidates: await spelledAlike(), origin: 'stored', error: null } as const];
  const second = choose(name, answers, onCandidates);
  if (second?.isAcceptable) return second.found;
  // A year that is off by one finds nothing at a provider that filters by it: then without it, and the match decides.
  const text = name.year === undefined ? broaderText(name.text) : plainerText(name.text);
  if (text === null) return second?.found ?? null;
  answers.push(await ask(context, { text }));
  return choose(name, answers, onCandidates)?.found ?? null;
}

async function ask({ request, calls, movies, options }: RunContext, name: MovieQuery): Promise<Answer> {
  const query = { text: name.text, ...(name.year === undefined ? {} : { year: name.year }) };
  const { value, origin, error } = await movies.searchMovies(query, {
    call: (fn, shared) => calls.api(options.movies.name, fn, { signal: shared }),
    patience: calls.patience,
    fresh: request.collectNewData === true,
  });
  const candidates = value.flatMap((raw) => {
    const parsed = parseCandidate(raw);
    return parsed.ok ? [parsed.value] : [];
  });
  return { candidates, origin, error: error ?? null };
}

function choose(name: MovieQuery, answers: readonly Answer[], onCandidates: OnCandidates): Choice | null {
  // A film of two answers is no rival of itself: the first that lists it counts.
  const films = new Map<number, { readonly film: MovieCandidate; readonly answer: Answer }>();
  for (const answer of answers)
    for (const film of answer.candidates) if (!films.has(film.tmdbId)) films.set(film.tmdbId, { film, answer });
  const { match, candidates } = new MovieMatcher(Array.from(films.values(), ({ film }) => film)).find(name);
  const isCertain = match !== null && match.confidence >= certainConfidence;
  onCandidates(isCertain ? [] : candidates);
  const chosen = match === null ? undefined : films.get(match.candidate.tmdbId);
  if (match === null || chosen === undefined) return null;
  const { origin, error } = chosen.answer;
  return {
    found: { film: chosen.film, origin, confidence: match.confidence, error },
    isAcceptable: match.likeness >= acceptableLikeness,
    isCertain,
  };
}
