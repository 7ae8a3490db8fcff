// How well names as people type them lead to the film that was meant, over the reference data in ../shared.
// Run: `node tools/eval/matching.ts [--quick]`
import { argv } from 'node:process';
import { printAlone } from './print-section.ts';
import type { Section } from './section.ts';

/** @throws when the reference data is not on this machine */
export async function evaluate(options: { quick: boolean }): Promise<Section> {
  // Our sources are TypeScript that names its files '.js': what reads them is loaded after this.
  await import(new URL('../../test/support/resolve-typescript.mjs', import.meta.url).href);
  const { measure } = await import('./matching/measure.ts');
  return measure(options);
}

if (import.meta.main) printAlone(await evaluate({ quick: argv.includes('--quick') }));
