// Measures what users see: the sentiment, the recommendations, and the film that is found, beside simpler ways.
// Run: `npm run eval [-- --quick] [-- --write]`; --write puts the report into docs/quality.md.
import { existsSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { evaluate as matching } from './matching.ts';
import { notes } from './notes.ts';
import { barChart } from './plot.ts';
import { toMarkdown, tooLow } from './print-section.ts';
import { evaluate as recommend } from './recommend.ts';
import type { Section } from './section.ts';
import { evaluate as sentiment } from './sentiment.ts';

const root = new URL('../../', import.meta.url);
const data = new URL('../shared/data/README.md', root);
const quick = process.argv.includes('--quick');
if (!existsSync(data)) {
  console.log(`nothing is measured: ${fileURLToPath(data)} is not on this machine`);
  process.exit(process.env['REELFLOW_REQUIRE_ALL'] === '1' ? 1 : 0);
}
const startedAt = performance.now();
const sections: Section[] = [];
for (const evaluate of [sentiment, recommend, matching]) {
  const section = await evaluate({ quick });
  sections.push(section);
  console.log(toMarkdown(section));
}
const seconds = Math.round((performance.now() - startedAt) / 1000);
const low = sections.flatMap(tooLow);
console.log(`${seconds} s; ${low.length === 0 ? 'everything is reached' : `too low: ${low.join('; ')}`}`);
if (process.argv.includes('--write')) write();
if (low.length > 0) process.exitCode = 1;

function write(): void {
  const machine = `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'})`;
  const report = [
    '# Quality',
    '',
    'What the defaults are worth, beside simpler ways and other packages, measured in the same run by `npm run eval -- --write`',
    `on ${new Date().toISOString().slice(0, 10)}, ${machine}, in ${seconds} s. The reference data is not part of the repository; what was tuned`,
    'was tuned by cross-validation on one half of it. How each part works: [sentiment](sentiment.md),',
    '[recommendations](recommendations.md), [matching](matching.md).',
    '',
    '![Share of the goal that each way reaches](images/quality.svg)',
    '',
    ...sections.map(toMarkdown),
    notes,
  ].join('\n');
  writeFileSync(new URL('docs/quality.md', root), report);
  const floors = sections.flatMap((section) => section.floors.map((floor) => ({ ...floor, part: section.title })));
  writeFileSync(new URL('docs/images/quality.svg', root), barChart(floors));
}
