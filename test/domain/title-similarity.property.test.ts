import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { broaderText } from '../../src/domain/broader-text.js';
import { editDistance, isOneTypoApart } from '../../src/domain/edit-distance.js';
import { foldTitle } from '../../src/domain/fold-title.js';
import { matchMovie } from '../../src/domain/match-movie.js';
import { soundKey } from '../../src/domain/sound-key.js';
import { titleSimilarity } from '../../src/domain/title-similarity.js';
import { plainWords } from '../../src/domain/title-words.js';

const indic = fc.integer({ min: 0x900, max: 0xd7f }).map((code) => String.fromCodePoint(code));
const typed = fc.constantFrom(
  ...'aeist 1270.:-()&İßøſ'.split(''),
  'the ',
  ' II',
  ' movie',
  'é',
  'ఆ',
  'が',
  'ﬁ',
  '́',
  '\ud800',
);
const anyUnicode = fc.string({ unit: 'binary', maxLength: 200 });
const name = fc.oneof(
  anyUnicode,
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.array(fc.oneof(indic, typed), { maxLength: 40 }).map((parts) => parts.join('')),
);
const word = fc.string({ unit: fc.constantFrom(...'abcd'), maxLength: 7 });

describe('names of any kind', () => {
  test('folding twice is folding once', () => {
    fc.assert(
      fc.property(name, (text) => {
        expect(foldTitle(foldTitle(text))).toBe(foldTitle(text));
      }),
    );
  });

  test('a name is wholly like itself, if it has a letter or digit; likeness is in [0, 1]', () => {
    fc.assert(
      fc.property(name, name, (one, other) => {
        expect(titleSimilarity(one, one)).toBe(foldTitle(one) === '' ? 0 : 1);
        const likeness = titleSimilarity(one, other);
        expect(likeness).toBeGreaterThanOrEqual(0);
        expect(likeness).toBeLessThanOrEqual(1);
        if (likeness >= 0.98) expect(titleSimilarity(other, one)).toBe(likeness);
      }),
    );
  });

  test('words, sounds and what is asked instead are found for every name', () => {
    fc.assert(
      fc.property(name, (text) => {
        expect(plainWords(text).words.length).toBeGreaterThan(0);
        expect(soundKey(foldTitle(text))).not.toMatch(/ /);
        expect(broaderText(text)).not.toBe('');
      }),
    );
  });

  test('a confidence is in [0, 1], whatever the candidates are', () => {
    const candidate = fc.record({
      title: name,
      originalTitle: name,
      releaseDate: fc.option(fc.constantFrom('1994-06-01', '2022-03-24')),
      voteCount: fc.nat(50_000),
      originalLanguage: fc.option(fc.constantFrom('te', 'hi', 'en')),
    });
    fc.assert(
      fc.property(
        name,
        fc.option(fc.integer({ min: 1990, max: 2025 }), { nil: undefined }),
        fc.array(candidate),
        (text, year, candidates) => {
          const match = matchMovie({ text, ...(year === undefined ? {} : { year }) }, candidates);
          if (match === null) return;
          expect(candidates).toContain(match.candidate);
          expect(match.confidence).toBeGreaterThan(0);
          expect(match.confidence).toBeLessThanOrEqual(1);
          expect(match.likeness).toBeGreaterThanOrEqual(match.confidence);
        },
      ),
    );
  });
});

describe('typos', () => {
  test('one typo apart is an edit distance of at most one, both ways', () => {
    fc.assert(
      fc.property(word, word, (one, other) => {
        expect(isOneTypoApart(one, other)).toBe(editDistance(one, other, 3) <= 1);
        expect(isOneTypoApart(other, one)).toBe(isOneTypoApart(one, other));
        expect(editDistance(one, other, 3)).toBe(editDistance(other, one, 3));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('time', () => {
  test('names made to be slow are not', () => {
    const startedAtMs = performance.now();
    for (const unit of [' ', '(', 'a ', ' - ', 'aa', '1', '२', 'the ', "'", '.', 'గ', 'ie', '́', 'İ']) {
      const long = unit.repeat(200).slice(0, 200);
      for (const text of [long, `${long}x`, `x${long}`]) titleSimilarity(text, `${long}y`);
    }
    expect(performance.now() - startedAtMs).toBeLessThan(1500);
  });
});
