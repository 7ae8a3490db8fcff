/**
 * Films and posts that are made up, the same on every machine. As many keywords, people and words of plot as films of
 * TMDB have on average, and names with a long tail.
 */
import type { Movie, Review } from 'reelflow';
import { sampleMovie, sampleReview } from 'reelflow/testing';

const genres = ['Action', 'Drama', 'Comedy', 'War', 'Music', 'Horror', 'History', 'Crime', 'Romance', 'Family'];
const words = [
  'River',
  'Night',
  'King',
  'Shadow',
  'Garden',
  'Iron',
  'Summer',
  'Last',
  'Silent',
  'Broken',
  'Golden',
  'Lost',
];

/** A number below `of` that depends on both others; small ones come often. */
function skewed(id: number, salt: number, of: number): number {
  const mixed = Math.imul(Math.imul(id, 2_654_435_761) ^ Math.imul(salt, 40_503), 2_246_822_519) >>> 0;
  const share = mixed / 2 ** 32;
  return Math.floor(share * share * of);
}

/** A word of letters alone for each number. */
const plotWord = (number: number): string =>
  [...String(number).padStart(5, '0')].map((digit) => 'bcdfglmnrs'[Number(digit)]).join('a');

export const filmNumber = (id: number): Movie => {
  const word = (salt: number): string => words[skewed(id, salt, words.length)] ?? 'River';
  return sampleMovie({
    tmdbId: id,
    title: `The ${word(1)} ${word(2)} ${id}`,
    originalTitle: `The ${word(1)} ${word(2)} ${id}`,
    originalLanguage: ['en', 'te', 'hi', 'fr', 'ja'][skewed(id, 3, 5)] ?? 'en',
    releaseDate: `${2025 - skewed(id, 4, 75)}-06-01`,
    genres: [...new Set([5, 6].map((salt) => genres[skewed(id, salt, genres.length)] ?? 'War'))],
    keywords: [7, 8, 9, 10, 11, 12].map((salt) => `keyword ${skewed(id, salt, 5000)}`),
    cast: [13, 14, 15, 16].map((salt) => `Actor ${skewed(id, salt, 40_000)}`),
    directors: [`Director ${skewed(id, 17, 15_000)}`],
    overview: Array.from({ length: 30 }, (_, index) => plotWord(skewed(id, 100 + index, 20_000))).join(' '),
    voteCount: skewed(id, 18, 20_000),
    rating: 4 + skewed(id, 19, 50) / 10,
  });
};

export const filmsUpTo = (count: number): Movie[] => Array.from({ length: count }, (_, index) => filmNumber(index + 1));

export const postsOf = (tmdbId: number, count: number, from: number): Review[] =>
  Array.from({ length: count }, (_, index) => sampleReview(from + index, { tmdbId }));
