// Packs the library, installs the tarball into an empty project, and uses it there as a stranger would.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const root = process.cwd();
const folder = mkdtempSync(join(tmpdir(), 'reelflow-package-'));
const entries = [
  'reelflow',
  'reelflow/tmdb',
  'reelflow/twitter',
  'reelflow/typeorm',
  'reelflow/redis',
  'reelflow/testing',
  'reelflow/sandbox',
  'reelflow/http',
  'reelflow/otel',
];
let passed = 0;
const failures = [];

const run = (command, args, cwd = folder) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const check = async (name, work) => {
  try {
    await work();
    passed += 1;
    console.log(`ok    ${name}`);
  } catch (error) {
    failures.push(name);
    console.log(`FAIL  ${name}\n${error.stdout ?? ''}${error.stderr ?? error.message}`);
  }
};

const consumer = `
import { AutomatedWorkflowManager, MemoryRepository, type WorkflowResult } from 'reelflow';
import { TmdbClient } from 'reelflow/tmdb';
import { TwitterClient } from 'reelflow/twitter';
export async function search(name: string): Promise<WorkflowResult> {
  const manager = new AutomatedWorkflowManager({
    movies: new TmdbClient({ accessToken: 'x' }),
    reviews: [new TwitterClient({ bearerToken: 'x' })],
    repository: new MemoryRepository(),
  });
  // @ts-expect-error -- maxReviews is a number
  await manager.handleUserSearch(name, { maxReviews: '10' });
  return manager.handleUserSearch(name, { maxReviews: 10 });
}
`;

const search = `
import { AutomatedWorkflowManager } from 'reelflow';
import { startSandbox } from 'reelflow/sandbox';
import { TmdbClient } from 'reelflow/tmdb';
import { TwitterClient } from 'reelflow/twitter';
import { TypeOrmRepository } from 'reelflow/typeorm';
const sandbox = await startSandbox();
const manager = new AutomatedWorkflowManager({
  movies: new TmdbClient({ accessToken: 'sandbox', baseUrl: sandbox.tmdbUrl }),
  reviews: new TwitterClient({ bearerToken: 'sandbox', baseUrl: sandbox.xUrl }),
  repository: await TypeOrmRepository.open({ type: 'sqlite', database: 'stranger.db' }),
});
const result = await manager.handleUserSearch('RRR');
console.log(result.movie.name, result.success && !result.degraded);
await manager.close();
await sandbox.close();
`;

const open = `
import { TypeOrmRepository } from 'reelflow/typeorm';
await TypeOrmRepository.open({ type: 'TYPE', database: 'x' }).catch(({ code, message }) => console.log(code, message));
`;

try {
  if (!existsSync('dist/index.d.ts')) throw new Error('there is no build: run npm run build first');
  const tarball = JSON.parse(run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], root))[0];
  await check('the tarball holds the build, the guides and nothing else', () => {
    const strange = tarball.files
      .map(({ path }) => path)
      .filter(
        (path) =>
          !/^(dist\/|docs\/([a-z-]+\.md|grafana\/(reelflow\.json|alerts\.yml))$|package\.json$|README\.md$|LICENSE$|CHANGELOG\.md$|THIRD_PARTY_LICENSES\.md$)/.test(
            path,
          ),
      );
    if (strange.length > 0) throw new Error(`unexpected: ${strange.join(', ')}`);
  });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'stranger', private: true, type: 'module' }));
  // Without peers first: every entry but its own must load where there is no TypeORM at all.
  run('npm', ['install', '--omit=peer', '--no-audit', '--no-fund', '--prefer-offline', join(folder, tarball.filename)]);
  for (const peer of ['typeorm', 'ioredis']) {
    await check(`the peer ${peer} is not installed yet`, () => {
      if (existsSync(join(folder, 'node_modules', peer)))
        throw new Error(`${peer} is there: the next checks would prove nothing`);
    });
  }
  const withPeer = ['reelflow/typeorm', 'reelflow/otel'];
  for (const entry of entries.filter((name) => !withPeer.includes(name))) await loads(entry);
  await check('without ioredis, the first command of a cache in Redis names the package to install', () => {
    const said = run(process.execPath, [
      '--input-type=module',
      '-e',
      `const { RedisResponseCache } = await import('reelflow/redis');
       const cache = new RedisResponseCache({ url: 'redis://127.0.0.1:1' });
       await cache.get('film').catch(({ code, message }) => console.log(code, message));
       await cache.close();`,
    ]);
    if (!said.includes('DEPENDENCY_MISSING a cache in Redis needs the package ioredis'))
      throw new Error(`said: ${said}`);
  });
  await check('without typeorm, doctor names the package to install', () => {
    const answer = spawnSync(
      process.execPath,
      [join('node_modules', '.bin', 'reelflow'), 'doctor', '--offline', '--json'],
      {
        cwd: folder,
        encoding: 'utf8',
      },
    );
    const database = JSON.parse(answer.stdout).findings.find(({ check: name }) => name === 'database');
    if (answer.status !== 1 || !database.message.includes('npm install typeorm'))
      throw new Error(`ended with ${answer.status}, said: ${JSON.stringify(database)}`);
  });
  run('npm', [
    'install',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    'typeorm@^1.1.1',
    'ioredis@^5.4.0',
    '@opentelemetry/api@^1.9.0',
    'typescript@^6.0.3',
    '@types/node@^24.0.0',
  ]);
  for (const entry of withPeer) await loads(entry);
  for (const [type, driver] of [
    ['postgres', 'pg'],
    ['mariadb', 'mysql2'],
  ]) {
    await check(`without ${driver}, opening ${type} names the package to install`, () => {
      writeFileSync(join(folder, 'open.mjs'), open.replaceAll('TYPE', type));
      const said = run(process.execPath, ['open.mjs']);
      if (!said.includes(`DEPENDENCY_MISSING ${type} needs the package ${driver}`)) throw new Error(`said: ${said}`);
    });
  }
  await check('a consumer compiles against the types', () => {
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: {
          module: 'NodeNext',
          target: 'ES2023',
          strict: true,
          noEmit: true,
          skipLibCheck: true,
          types: ['node'],
        },
      }),
    );
    writeFileSync(
      join(folder, 'consumer.ts'),
      entries.map((entry, index) => `import * as e${index} from '${entry}';\nvoid e${index};`).join('\n') + consumer,
    );
    run(process.execPath, [join(folder, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', folder]);
  });
  await check('a search runs on the installed package', () => {
    writeFileSync(join(folder, 'search.mjs'), search);
    const said = run(process.execPath, ['search.mjs']);
    if (!said.includes('RRR true')) throw new Error(`said: ${said}`);
  });
  await check('the command searches, as npx runs it', () => {
    const said = JSON.parse(run('npx', ['--no-install', 'reelflow', 'search', 'RRR', '--json']));
    if (said.movie?.name !== 'RRR') throw new Error(`said: ${JSON.stringify(said).slice(0, 300)}`);
  });
  await check('the command serves: its page works, and SIGTERM ends it in order', serves);
  await check('publint --strict', () =>
    run(
      process.execPath,
      [join(root, 'node_modules/publint/src/cli.js'), '--strict', join(folder, tarball.filename)],
      root,
    ),
  );
  await check('attw, as ESM only', () =>
    run(
      process.execPath,
      [
        join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js'),
        '--profile',
        'esm-only',
        join(folder, tarball.filename),
      ],
      root,
    ),
  );
  console.log(
    `packed ${tarball.size} bytes, ${tarball.unpackedSize} unpacked, ${readdirSync(join(folder, 'node_modules')).length} packages at the top`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failures.length} failed, 0 skipped`);
process.exitCode = failures.length === 0 ? 0 : 1;

/** Loads by import and by require, in a process that must end by itself. */
async function loads(entry) {
  await check(`import '${entry}'`, () =>
    run(process.execPath, [
      '--input-type=module',
      '-e',
      `const m = await import('${entry}'); if (Object.keys(m).length === 0) throw new Error('empty')`,
    ]),
  );
  await check(`require('${entry}')`, () =>
    run(process.execPath, [
      '--input-type=commonjs',
      '-e',
      `if (Object.keys(require('${entry}')).length === 0) throw new Error('empty')`,
    ]),
  );
}

async function serves() {
  const token = 'a-token-of-the-package-test';
  // Not by npx itself: it would have to be killed too.
  const child = spawn(process.execPath, [join('node_modules', '.bin', 'reelflow'), 'serve', '--port', '0', '--json'], {
    cwd: folder,
    env: { ...process.env, REELFLOW_TOKEN: token },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  try {
    let printed = '';
    for await (const chunk of child.stdout.setEncoding('utf8')) {
      printed += chunk;
      if (printed.includes('\n}')) break;
    }
    const { api, dashboard } = JSON.parse(printed);
    const ready = await fetch(`${api}/health/ready`);
    if (ready.status !== 200) throw new Error(`health/ready answered ${ready.status}`);
    await seesPage(dashboard, token);
    child.kill('SIGTERM');
    const [code] = await ended;
    if (code !== 0) throw new Error(`it ended with ${code}`);
  } finally {
    child.kill('SIGKILL');
  }
}

/** Searches on the page, in Debian's Chromium where there is one. */
async function seesPage(dashboard, token) {
  const executablePath = '/usr/bin/chromium';
  if (!existsSync(executablePath)) {
    if (process.env.REELFLOW_REQUIRE_ALL === '1') throw new Error(`${executablePath} is not on this machine`);
    console.log(`      the page was fetched and not shown: ${executablePath} is not on this machine`);
    const shell = await fetch(dashboard);
    if (shell.status !== 200) throw new Error(`the page answered ${shell.status}`);
    return;
  }
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const page = await browser.newPage();
    await page.goto(dashboard);
    await page.getByLabel(/^The service asks for a token/).fill(token);
    await page.keyboard.press('Enter');
    await page.getByText('All is well.').waitFor();
    await page.getByRole('textbox', { name: 'Film' }).fill('RRR');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'RRR (2022)' }).waitFor({ timeout: 30_000 });
  } finally {
    await browser.close();
  }
}
