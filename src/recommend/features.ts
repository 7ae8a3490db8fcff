import type { Movie } from '../domain/movie.js';
import { seriesOf } from './title-series.js';

/** What films can have in common, in the order in which they are added up. */
export const featureKinds = ['genre', 'keyword', 'director', 'cast', 'language', 'series'] as const;
export type FeatureKind = (typeof featureKinds)[number];

/** The features of one kind: the key that is compared, and the text that is shown. */
type FeatureValues = ReadonlyMap<string, string>;

export type Features = Readonly<Record<FeatureKind, FeatureValues>>;

/** What a film has that others may have too; each feature once. */
export function featuresOf({ title, genres, keywords, directors, cast, originalLanguage }: Movie): Features {
  const series = seriesOf(title);
  return {
    genre: keyed(genres, asText),
    keyword: keyed(keywords, asText),
    director: keyed(directors, asPerson),
    cast: keyed(cast, asPerson),
    language: keyed(originalLanguage === null ? [] : [originalLanguage], asText),
    series: new Map(series === '' ? [] : [[series, title]]),
  };
}

function keyed(values: readonly string[], keyOf: (value: string) => string): FeatureValues {
  const keys = new Map<string, string>();
  for (const value of values) {
    const key = keyOf(value);
    if (key !== '' && !keys.has(key)) keys.set(key, value);
  }
  return keys;
}

const asText = (value: string): string => value.trim().toLowerCase();
/** 'S. S. Rajamouli' and 'S.S. Rajamouli' are one person. */
const asPerson = (name: string): string => name.toLowerCase().replace(/[\s.'’-]+/g, '');
