/**
 * Importing the library in a cold process, beside cockatiel with ky, bottleneck, bullmq and inngest; then what each takes
 * on disk. The last two, and the sizes, need the npm registry and are left out of `--quick`.
 * `node bench/import.ts [--quick]` after `npm run build`.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './harness/compare.ts';
import { isQuick } from './harness/quick.ts';
import { report } from './harness/report.ts';

const root = join(import.meta.dirname, '..');
const rounds = isQuick ? 1 : 15;
const peers = { cockatiel: '^4.0.0', ky: '^2.1.0', bottleneck: '^2.19.5', bullmq: '^6.7.0', inngest: '^4.24.0' };

const npm = (args: readonly string[], cwd: string): string =>
  execFileSync('npm', [...args], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

/** Milliseconds that a new process takes to import the packages, its own start left out. */
function importMs(packages: readonly string[], cwd: string): number {
  const imports = packages.map((name) => `import('${name}')`).join(', ');
  const program = `const start = performance.now(); await Promise.all([${imports}]); console.log(performance.now() - start);`;
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', program], { cwd, encoding: 'utf8' }));
}

function bytesOf(path: string): number {
  if (!statSync(path).isDirectory()) return statSync(path).size;
  return readdirSync(path).reduce((sum, name) => sum + bytesOf(join(path, name)), 0);
}

/** As npm counts them. */
const packagesIn = (modules: string): number =>
  Object.keys(JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8')).packages).length;

const folder = mkdtempSync(join(tmpdir(), 'reelflow-import-'));
try {
  const install = (packages: readonly string[], where: string): string => {
    const directory = join(folder, where);
    mkdirSync(directory);
    writeFileSync(join(directory, 'package.json'), '{ "private": true, "type": "module" }');
    npm(['install', '--omit=peer', '--no-audit', '--no-fund', '--prefer-offline', ...packages], directory);
    return directory;
  };
  const named = (...names: ReadonlyArray<keyof typeof peers>) => names.map((name) => `${name}@${peers[name]}`);
  const tarball = JSON.parse(npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder], root))[0];
  const ours = isQuick ? root : install([join(folder, tarball.filename)], 'reelflow');
  const cases = [
    {
      name: 'cockatiel and ky',
      imports: ['cockatiel', 'ky'],
      cwd: isQuick ? root : install(named('cockatiel', 'ky'), 'cockatiel'),
    },
    { name: 'reelflow', imports: ['reelflow'], cwd: ours },
    ...(isQuick
      ? []
      : (['bottleneck', 'bullmq', 'inngest'] as const).map((name) => ({
          name,
          imports: [name],
          cwd: install(named(name), name),
        }))),
  ];
  const times = new Map<string, number[]>(cases.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const { name, imports, cwd } of cases) {
      const ms = importMs(imports, cwd);
      if (round > 0) times.get(name)?.push(ms);
    }
  }
  for (const { name, cwd } of cases) {
    const values = times.get(name) ?? [];
    const spread = `${Math.min(...values).toFixed(1)} to ${Math.max(...values).toFixed(1)}`;
    const modules = join(cwd, 'node_modules');
    const size = isQuick
      ? ''
      : `; installed ${(bytesOf(modules) / 1e6).toFixed(1)} MB, ${packagesIn(modules)} packages`;
    console.log(`  ${name}: ${median(values).toFixed(1)} ms (${spread})${size}`);
  }
  console.log(
    `  reelflow packed: ${(tarball.size / 1e6).toFixed(2)} MB, unpacked ${(tarball.unpackedSize / 1e6).toFixed(2)} MB`,
  );
  const ratio = median(times.get('reelflow') ?? []) / median(times.get('cockatiel and ky') ?? []);
  report({
    work: 'importing `reelflow` in a cold process',
    beside: 'cockatiel and ky',
    found: `${ratio.toFixed(2)} of their time`,
    wanted: 'under 1.50',
    ofWanted: ratio / 1.5,
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
