/** Building time, memory and the time of one recommendation, beside brute-force TF-IDF on the same films. */
import { type Movie, MovieRecommender } from 'reelflow';
import { type SparseVector, tfIdfVectors } from './tf-idf-vectors.ts';

export interface Speed {
  readonly buildMs: number;
  /** Growth of the heap and its buffers, or null without --expose-gc. */
  readonly heapMb: number | null;
  readonly rssMb: number;
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly bruteForceMedianMs: number;
}

const bruteForceRuns = 40;

export async function measureSpeed(movies: readonly Movie[], runs: number): Promise<Speed> {
  const before = usedMb();
  const start = performance.now();
  const recommender = new MovieRecommender();
  recommender.index(movies);
  const buildMs = performance.now() - start;
  const after = usedMb();
  const seeds = Array.from({ length: runs }, (_, run) => movies[(run * 7919) % movies.length]?.tmdbId ?? 0);
  for (const seed of seeds.slice(0, 200)) await recommender.recommend(seed, { limit: 10 });
  const times: number[] = [];
  for (const seed of seeds) {
    const began = performance.now();
    await recommender.recommend(seed, { limit: 10 });
    times.push(performance.now() - began);
  }
  return {
    buildMs,
    heapMb: before === null || after === null ? null : after - before,
    rssMb: process.memoryUsage.rss() / 2 ** 20,
    medianMs: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
    bruteForceMedianMs: bruteForce(movies),
  };
}

function bruteForce(movies: readonly Movie[]): number {
  const vectors = tfIdfVectors(movies).map(bySorted);
  const times = Array.from({ length: bruteForceRuns }, (_, run) => {
    const seed = vectors[(run * 7919) % vectors.length];
    const began = performance.now();
    const scores = vectors.map((vector) => (seed === undefined ? 0 : dot(seed, vector)));
    [...scores.keys()].sort((one, other) => (scores[other] ?? 0) - (scores[one] ?? 0)).slice(0, 10);
    return performance.now() - began;
  });
  return quantile(times, 0.5);
}

interface Sorted {
  readonly terms: Int32Array;
  readonly weights: Float64Array;
}

function bySorted(vector: SparseVector): Sorted {
  const sorted = [...vector].sort(([one], [other]) => one - other);
  return {
    terms: Int32Array.from(sorted, ([term]) => term),
    weights: Float64Array.from(sorted, ([, weight]) => weight),
  };
}

function dot(one: Sorted, other: Sorted): number {
  let [sum, at, otherAt] = [0, 0, 0];
  while (at < one.terms.length && otherAt < other.terms.length) {
    const [term, otherTerm] = [one.terms[at] ?? 0, other.terms[otherAt] ?? 0];
    if (term === otherTerm) sum += (one.weights[at] ?? 0) * (other.weights[otherAt] ?? 0);
    if (term <= otherTerm) at += 1;
    if (otherTerm <= term) otherAt += 1;
  }
  return sum;
}

function usedMb(): number | null {
  if (globalThis.gc === undefined) return null;
  globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 2 ** 20;
}

const quantile = (values: readonly number[], part: number): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length * part)] ?? 0;
