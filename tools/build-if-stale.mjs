// Builds without declarations when dist is missing or older than the sources: what the demo and the examples need.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const newestIn = (folder) =>
  Math.max(
    0,
    ...readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
  );

const built = existsSync('dist/index.js') ? statSync('dist/index.js').mtimeMs : 0;
if (built < newestIn('src')) {
  console.log('Building ...');
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    ['node_modules/tsup/dist/cli-default.js', '--no-dts'],
    { encoding: 'utf8' },
  );
  if (status !== 0) {
    console.error(stdout, stderr);
    process.exit(status ?? 1);
  }
}
