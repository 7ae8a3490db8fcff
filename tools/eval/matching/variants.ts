import { foldTitle } from '../../../src/domain/fold-title.js';
import type { SandboxFilm } from '../../../src/sandbox/film.js';
import { seededRandom } from '../../../src/sandbox/random.js';

export interface Variant {
  readonly kind: string;
  readonly name: string;
  readonly meant: number;
}

const letters = 'abcdefghijklmnopqrstuvwxyz';

/** Names that people could have typed for the most voted films, by a seed; a film gives those that can be made of its title. */
export function variantsOf(films: readonly SandboxFilm[], count: number, seed: number): Variant[] {
  const random = seededRandom(seed);
  const known = films.toSorted((one, other) => other.vote_count - one.vote_count).slice(0, count);
  const best = new Map<string, number>();
  for (const film of known.toReversed()) best.set(foldTitle(film.title), film.tmdb_id);
  return known
    .filter(({ title, tmdb_id }) => best.get(foldTitle(title)) === tmdb_id) // a lesser namesake is not meant
    .flatMap((film) =>
      Object.entries(makers).flatMap(([kind, make]) => {
        const name = make(film, random);
        return name === null || name === film.title ? [] : [{ kind, name, meant: film.tmdb_id }];
      }),
    );
}

const makers: Readonly<Record<string, (film: SandboxFilm, random: () => number) => string | null>> = {
  'one letter wrong': ({ title }, random) => withTypo(title, random),
  'article dropped': ({ title }) => (/^(the|an?) \S/i.test(title) ? title.replace(/^\S+ /, '') : null),
  'lower case, no accents, no punctuation': ({ title }) => foldTitle(title),
  'capitals, punctuation for spaces': ({ title }) => title.toUpperCase().replaceAll(' ', '-'),
  "'movie' added": ({ title }) => `${title} movie`,
  'year in brackets': ({ title, release_date }) => withYear(title, release_date, 0),
  'year off by one': ({ title, release_date }, random) => withYear(title, release_date, random() < 0.5 ? 1 : -1),
  'original title': ({ original_title }) => original_title ?? null,
};

const withYear = (title: string, date: string | null | undefined, off: number): string | null =>
  date === null || date === undefined || date === '' ? null : `${title} (${Number(date.slice(0, 4)) + off})`;

/** A letter left out, added, changed or swapped with the next, after the first one of a word of 4 letters or more. */
function withTypo(title: string, random: () => number): string | null {
  const words = title.split(' ');
  const long = words.flatMap((word, index) => (/^\p{L}{4,}$/u.test(word) ? [index] : []));
  const chosen = long[Math.floor(random() * long.length)];
  const word = chosen === undefined ? undefined : words[chosen];
  if (chosen === undefined || word === undefined) return null;
  const place = 1 + Math.floor(random() * (word.length - 2));
  const letter = letters[Math.floor(random() * letters.length)] ?? 'e';
  const [before, after] = [word.slice(0, place), word.slice(place + 1)];
  const typos = [
    before + after,
    before + letter + word.slice(place),
    before + letter + after,
    `${before}${word[place + 1] ?? ''}${word[place] ?? ''}${word.slice(place + 2)}`,
  ];
  words[chosen] = typos[Math.floor(random() * typos.length)] ?? word;
  const typed = words.join(' ');
  return foldTitle(typed) === foldTitle(title) ? null : typed;
}
