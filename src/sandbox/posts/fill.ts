import { foldTitle } from '../../domain/fold-title.js';
import type { SandboxFilm } from '../film.js';
import { parts } from './phrases.js';

/** Puts a film into a phrase; phrases.ts tells the marks. */
export function fill(phrase: string, film: SandboxFilm, random: () => number): string {
  const values: Readonly<Record<string, string>> = {
    t: film.title,
    h: foldTitle(film.title).replaceAll(' ', ''),
    a: film.cast.length > 0 ? pick(film.cast, random) : 'the lead',
    d: film.directors[0] ?? 'the director',
    s: pick(parts, random),
  };
  return phrase.replaceAll(/\{([thads])\}/g, (mark, name: string) => values[name] ?? mark);
}

export function pick(list: readonly string[], random: () => number): string {
  return list[Math.floor(random() * list.length)] ?? '';
}
