// How well names as people type them lead to the film that was meant, over the reference data in ../shared.
// Run: `node tools/eval/matching.ts [--quick]`
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';
import type { Section } from './section.ts';

/** @throws when the reference data is not on this machine */
export async function evaluate(options: { quick: boolean }): Promise<Section> {
  // Our sources are TypeScript that names its files '.js': what reads them is loaded after this.
  await import(new URL('../../test/support/resolve-typescript.mjs', import.meta.url).href);
  const { measure } = await import('./matching/measure.ts');
  return measure(options);
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href) {
  const { title, tables, floors } = await evaluate({ quick: argv.includes('--quick') });
  console.log(title);
  for (const { title: caption, columns, rows } of tables) {
    console.log(`\n${caption}\n`);
    for (const row of [columns, columns.map(() => '---'), ...rows]) console.log(`| ${row.join(' | ')} |`);
  }
  console.log('');
  for (const { name, value, atLeast } of floors) {
    console.log(`${value >= atLeast ? 'ok' : 'TOO LOW'}: ${name}: ${value.toFixed(3)}, at least ${atLeast}`);
    if (value < atLeast) process.exitCode = 1;
  }
}
