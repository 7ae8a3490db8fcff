import { describe, expect, test } from 'vitest';
import { seriesOf } from '../../src/recommend/title-series.js';

describe('the series of a title', () => {
  test.each([
    ['Rocky', 'Rocky II'],
    ['The Godfather', 'The Godfather Part II'],
    ['Bāhubali: The Beginning', 'Bāhubali 2: The Conclusion'],
    ['Pushpa: The Rise - Part 1', 'Pushpa 2 - The Rule'],
    ['Toy Story', 'Toy Story 3'],
    ['Star Wars: Episode III - Revenge of the Sith', 'Star Wars'],
    ['Kill Bill: Vol. 1', 'Kill Bill: Vol. 2'],
    ['K.G.F: Chapter 1', 'K.G.F: Chapter 2'],
    ['Harry Potter and the Deathly Hallows: Part 1', 'Harry Potter and the Deathly Hallows: Part 2'],
    ['Harry Potter and the Goblet of Fire', 'Harry Potter and the Deathly Hallows: Part 2'],
    ['Indiana Jones and the Temple of Doom', 'Indiana Jones and the Last Crusade'],
    ['Back to the Future', 'Back to the Future Part Three'],
    ['బాహుబలి', 'బాహుబలి 2'],
  ])('%s and %s are one', (one, other) => {
    expect(seriesOf(one)).toBe(seriesOf(other));
    expect(seriesOf(one)).not.toBe('');
  });

  test.each([
    ['Alien', 'Aliens'],
    ['Up', 'Up in the Air'],
    ['Spider-Man', 'Ant-Man'],
    ['Se7en', 'Seven Samurai'],
    ['Malcolm X', 'Malcolm'],
    ['American History X', 'American History'],
    ['1917', '2012'],
    ['Beauty and the Beast', 'Beauty'],
    ['The Fast and the Furious', 'The Fast and the Dead'],
  ])('%s and %s are not', (one, other) => {
    expect(seriesOf(one)).not.toBe(seriesOf(other));
  });

  test('a title of a number alone is its own, and one without letters is of none', () => {
    expect(seriesOf('300')).toBe('300');
    expect(seriesOf('IV')).toBe('iv');
    expect(seriesOf('…')).toBe('');
    expect(seriesOf('')).toBe('');
  });
});
