import { randomInt } from 'node:crypto';

/**
 * How many cases, and of which seed. The usual run is the same each time; REELFLOW_FUZZ=20000 asks for more, by chance
 * or by REELFLOW_FUZZ_SEED.
 */
export function fuzzSeed(usual: number): { readonly cases: number; readonly seed: number } {
  const { REELFLOW_FUZZ: asked, REELFLOW_FUZZ_SEED: given } = process.env;
  const standard = asked === undefined ? 20_260_101 : randomInt(2 ** 31);
  return { cases: Number(asked ?? usual), seed: given === undefined ? standard : Number(given) };
}
