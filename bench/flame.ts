/**
 * Profiles one benchmark and draws where the main thread was busy into docs/images/flame-<name>.svg: while what is ours
 * ran, where the benchmark marks it, else all the time. `npm run bench:flame -- <name>`, which first builds `dist` with
 * source maps and without types; `npm run build` makes it whole again.
 */
import { fork } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { treeOf } from './harness/call-tree.ts';
import { flame } from './harness/flame.ts';
import type { Marked, Span } from './harness/ours.ts';

const [name = ''] = process.argv.slice(2);
const file = join(import.meta.dirname, `${name}.ts`);
if (name === '' || !existsSync(file)) throw new Error(`'${name}' is no benchmark: give the name of a file of bench/`);

const directory = mkdtempSync(join(tmpdir(), 'reelflow-flame-'));
try {
  const spans: Span[] = [];
  const child = fork(file, ['--flame'], {
    execArgv: ['--expose-gc', '--cpu-prof', '--cpu-prof-interval=200', `--cpu-prof-dir=${directory}`],
  });
  child.on('message', (message: Partial<Marked>) => message.ours && spans.push(message.ours));
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`bench/${name}.ts failed`);
  // CPU.<day>.<time>.<process>.<thread>.<number>.cpuprofile, one of each thread: the main one is 0.
  const profiles = readdirSync(directory).filter((profile) => profile.includes(`.${child.pid}.0.`));
  const tree = treeOf(JSON.parse(readFileSync(join(directory, profiles[0] ?? ''), 'utf8')), spans);
  if (tree.totalUs === 0) throw new Error('nothing was seen of what is ours: is the clock of this machine two clocks?');
  const seconds = (tree.totalUs / 1e6).toFixed(1);
  const when = spans.length > 0 ? ' while what is ours ran' : '';
  const svg = join(import.meta.dirname, `../docs/images/flame-${name}.svg`);
  writeFileSync(
    svg,
    flame(
      tree,
      `bench/${name}.ts: the ${seconds} s that the main thread was busy or blocked${when}; idle time is left out`,
    ),
  );
  console.log(`docs/images/flame-${name}.svg`);
} finally {
  rmSync(directory, { recursive: true });
}
