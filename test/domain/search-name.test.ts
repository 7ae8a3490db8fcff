import { describe, expect, test, vi } from 'vitest';
import { foldTitle, searchKey } from '../../src/domain/fold-title.js';
import { parseSearchName } from '../../src/domain/search-name.js';

describe('the name of a search', () => {
  test.each([
    ['RRR', 'RRR', undefined],
    ['  RRR   movie ', 'RRR movie', undefined],
    ['RRR (2022)', 'RRR', 2022],
    ['Spider-Man [2002]', 'Spider-Man', 2002],
    ['1917', '1917', undefined],
    ['2012', '2012', undefined],
    ['Blade Runner 2049', 'Blade Runner 2049', undefined],
    ['Room (9999)', 'Room (9999)', undefined],
    ['(2012)', '(2012)', undefined],
    ['పుష్ప', 'పుష్ప', undefined],
    ['x'.repeat(200), 'x'.repeat(200), undefined],
    [`${'👍'.repeat(10)}a`, `${'👍'.repeat(10)}a`, undefined],
    ['tab\tand\u0000null', 'tab and null', undefined],
    ['lone \ud800 half', 'lone \ufffd half', undefined],
  ])('%j is %j of %j', (name, text, year) => {
    expect(parseSearchName(name)).toMatchObject({ text, ...(year === undefined ? {} : { year }) });
    expect(parseSearchName(name).year).toBe(year);
  });

  test('a year ahead of its time is part of the title', () => {
    vi.useFakeTimers({ now: new Date('2026-06-01') });
    expect(parseSearchName('Film (2036)').year).toBe(2036);
    expect(parseSearchName('Film (2037)').year).toBeUndefined();
    vi.useRealTimers();
  });

  test('the key is equal for what means the same, and knows the year', () => {
    expect(parseSearchName('Amélie!').key).toBe(parseSearchName('amelie').key);
    expect(parseSearchName('RRR (2022)').key).toBe('rrr (2022)');
    expect(searchKey('RRR')).toBe('rrr');
  });

  test.each([
    [undefined, 'must be a text'],
    [null, 'must be a text, got null'],
    [42, 'must be a text, got number'],
    [['RRR'], 'must be a text'],
    ['', '1 to 200 characters'],
    [' \t\n\u0000 ', '1 to 200 characters'],
    ['x'.repeat(201), 'at most 200 characters, got 201'],
    ['😀'.repeat(201), 'at most 200 characters, got 201'],
    ['?!...', 'letter or digit'],
    ['!!! (2022)', 'letter or digit'],
    ['\ud800', 'letter or digit'],
    ['👍', 'letter or digit'],
  ])('%.20j is INVALID_INPUT and the message says what is allowed', (name, message) => {
    expect(() => parseSearchName(name)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', message: expect.stringContaining(message) }),
    );
  });

  test('the length is counted in characters after composing, not in code units', () => {
    expect(parseSearchName(`a${'😀'.repeat(199)}`).text).toHaveLength(399);
    expect([...parseSearchName('e\u0301'.repeat(200)).text]).toHaveLength(200);
  });

  test.each([
    ['Amélie', 'amelie'],
    ['Fast & Furious', 'fast and furious'],
    ["Ocean's Eleven", 'oceans eleven'],
    ['WALL·E', 'wall e'],
    ['రౌద్రం', 'రౌద్రం'],
    ['千と千尋', '千と千尋'],
  ])('%j folds to %j', (title, folded) => {
    expect(foldTitle(title)).toBe(folded.normalize('NFC'));
    expect(foldTitle(foldTitle(title))).toBe(foldTitle(title));
  });
});
