/**
 * Runs every benchmark, one after the other, prints their rows as a table, and draws them into
 * docs/images/performance.svg. `npm run bench [-- --quick]`; a quick run draws nothing.
 */
import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { plot } from './harness/plot.ts';
import { isQuick } from './harness/quick.ts';
import type { Row } from './harness/report.ts';

const benchmarks = [
  'coordinated-call',
  'concurrent-calls',
  'limiter',
  'trigger',
  'cold-search',
  'stored-search',
  'storing-posts',
  'growing-store',
  'many-searches',
  'sentiment',
  'recommendation',
  'import',
  'million-calls',
  'recorded-step',
];

const rows: Row[] = [];
const failed: string[] = [];

for (const name of benchmarks) {
  console.log(`\n${name}`);
  const child = fork(join(import.meta.dirname, `${name}.ts`), isQuick ? ['--quick'] : [], {
    execArgv: ['--expose-gc'],
  });
  child.on('message', (row) => rows.push(row as Row));
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) failed.push(name);
}

const word = ({ ofWanted }: Row): string => (isQuick ? '' : ofWanted <= 1 ? 'reached' : '**missed**');
console.log(`\nNode ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model}\n`);
console.log('| work | beside | found | wanted | |\n| --- | --- | --- | --- | --- |');
for (const row of rows) console.log(`| ${row.work} | ${row.beside} | ${row.found} | ${row.wanted} | ${word(row)} |`);
if (!isQuick) writeFileSync(join(import.meta.dirname, '../docs/images/performance.svg'), plot(rows));
if (failed.length > 0) {
  console.error(`\nfailed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
