import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { TypeOrmRepository } from '../../src/adapters/typeorm/index.js';
import { startSandbox } from '../../src/sandbox/index.js';
import { folder, run, start } from './run.js';

const commands = ['demo', 'search', 'serve', 'sandbox', 'stats', 'runs', 'spool', 'quarantine', 'doctor', 'completion'];
const token = 'a-token-nobody-may-see';
const everyKey = {
  TMDB_ACCESS_TOKEN: 'tmdb-key-nobody-may-see',
  X_BEARER_TOKEN: 'x-key-nobody-may-see',
  REELFLOW_TOKEN: token,
};

describe('reelflow search', () => {
  test('without keys says loudly that it asks the sandbox, and prints the result', async () => {
    const { code, stdout, stderr } = await run(['search', 'RRR'], await folder());
    expect(code).toBe(0);
    expect(stderr).toMatch(/^SANDBOX: there are no keys/);
    expect(stdout).toMatch(/RRR \(2022\)/);
  });

  test('with --json prints one document and nothing else', async () => {
    const { code, stdout } = await run(['search', 'RRR', '--json'], await folder());
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ success: true, movie: { name: 'RRR' } });
  });

  test('of what was searched before asks nobody', async () => {
    const cwd = await folder();
    await run(['search', 'RRR'], cwd);
    const { stdout } = await run(['search', 'RRR', '--stored', '--json'], cwd);
    expect(JSON.parse(stdout)).toMatchObject({ success: true, sources: { movie: 'stored' }, cost: { apiCalls: {} } });
  });

  test('with the key of TMDB alone collects no posts, and says so', async () => {
    const sandbox = await startSandbox();
    onTestFinished(() => sandbox.close());
    const env = { TMDB_ACCESS_TOKEN: 'sandbox', REELFLOW_TMDB_BASE_URL: sandbox.tmdbUrl };
    const { code, stdout, stderr } = await run(['search', 'RRR', '--json'], await folder(), env);
    expect(stderr).toMatch(/^NO POSTS: X_BEARER_TOKEN is not set/);
    expect(JSON.parse(stdout)).toMatchObject({ degraded: false, sources: { movie: 'live', reviews: 'none' } });
    expect(code).toBe(0);
  });

  test('ends with 3 for a film that is not there', async () => {
    expect(await run(['search', 'No film has this name at all', '--json'], await folder())).toMatchObject({ code: 3 });
  });

  test('ends with 130 when it is interrupted', async () => {
    const started = start(['search', 'RRR'], await folder());
    started.interrupt();
    expect(await started.ended).toMatchObject({ code: 130 });
  });

  test.each([
    ['too many posts', ['search', 'RRR', '--max-reviews', '1001']],
    ['no film', ['search']],
    ['an unknown flag', ['search', 'RRR', '--frehs']],
    ['an unknown command', ['serach', 'RRR']],
  ])('ends with 2 for %s', async (_what, argv) => {
    const { code, stderr } = await run(argv, await folder());
    expect(code).toBe(2);
    expect(stderr).not.toBe('');
  });
});

describe('the settings', () => {
  test('an unknown one in the file is refused with the nearest name', async () => {
    const cwd = await folder();
    await writeFile(join(cwd, 'reelflow.config.json'), JSON.stringify({ maxReveiws: 5 }));
    const { code, stderr } = await run(['search', 'RRR'], cwd);
    expect(code).toBe(2);
    expect(stderr).toContain('maxReviews');
  });

  test('flags win over the environment, which wins over the file', async () => {
    const cwd = await folder();
    await writeFile(join(cwd, 'reelflow.config.json'), JSON.stringify({ database: 'file.db' }));
    const used = async (argv: string[], env: Record<string, string>) =>
      (await run(['doctor', '--offline', ...argv], cwd, env)).stdout.match(/database\s+(\w+\.db)/)?.[1];
    expect(await used([], {})).toBe('file.db');
    expect(await used([], { REELFLOW_DATABASE: 'env.db' })).toBe('env.db');
    expect(await used(['--database', 'flag.db'], { REELFLOW_DATABASE: 'env.db' })).toBe('flag.db');
  });

  test('a secret is no flag', async () => {
    const { code, stdout, stderr } = await run(['serve', `--token=${token}`], await folder());
    expect(code).toBe(2);
    expect(stderr).toContain('REELFLOW_TOKEN');
    expect(stdout + stderr).not.toContain(token);
  });
});

describe('reelflow serve', () => {
  test('answers and shows the dashboard until it is told to end', async () => {
    const started = start(['serve', '--port', '0'], await folder(), { REELFLOW_TOKEN: token });
    const [, address = ''] = await started.said(/API:\s+(http:\S+)/);
    expect((await fetch(`${address}/health/ready`)).status).toBe(200);
    expect(await (await fetch(`${address}/dashboard`)).text()).toContain('<title>reelflow</title>');
    expect((await fetch(`${address}/automation-stats`)).status).toBe(401);
    const told = await run(['stats', '--url', address.replace(/\/api.*/, ''), '--json'], await folder(), {
      REELFLOW_TOKEN: token,
    });
    expect(JSON.parse(told.stdout)).toHaveProperty('coordinator_stats');
    started.interrupt('SIGTERM');
    const { code, stdout, stderr } = await started.ended;
    expect(code).toBe(0);
    expect(stdout + stderr).not.toContain(token);
  });

  test.each([[[]], [['-q']], [['-q', '--json']]])('with %j logs what fails', async (flags) => {
    const started = start(['serve', '--port', '0', ...flags], await folder(), {
      REELFLOW_TOKEN: token,
      TMDB_ACCESS_TOKEN: 'key',
      REELFLOW_TMDB_BASE_URL: 'http://127.0.0.1:1',
    });
    const [address = ''] = await started.said(/http:[^"\s]+\/api\/orchestrator/);
    const client = new AbortController();
    const asked = { method: 'POST', headers: { authorization: `Bearer ${token}` }, signal: client.signal };
    const search = fetch(`${address}/auto-search?movie_name=RRR`, asked).catch(() => null);
    await started.said(/warn\W.*attempt 1 of 4 failed/);
    client.abort();
    started.interrupt('SIGTERM');
    await search;
    expect((await started.ended).stderr.includes('Ctrl-C')).toBe(flags.length === 0);
  });

  test('refuses other machines without a token of yours', async () => {
    const { code, stderr } = await run(['serve', '--host', '0.0.0.0', '--port', '0'], await folder());
    expect(code).toBe(2);
    expect(stderr).toContain('REELFLOW_TOKEN');
  });
});

describe('what is stored', () => {
  test('runs are listed and shown', async () => {
    const cwd = await folder();
    await run(['search', 'RRR'], cwd);
    const { stdout } = await run(['runs', '--json'], cwd);
    const [, id = ''] = stdout.match(/"(workflow_\w+)"/) ?? [];
    const shown = await run(['runs', 'show', id, '--json'], cwd);
    expect(JSON.parse(shown.stdout)).toMatchObject({ workflowId: id, status: 'completed', movieName: 'RRR' });
  });

  test.each([
    ['spool', ['spool', '--json']],
    ['spool list', ['spool', 'list', '--json']],
    ['spool replay', ['spool', 'replay', '--json']],
    ['quarantine', ['quarantine', '--json']],
  ])('%s is one JSON document', async (_name, argv) => {
    const cwd = await folder();
    await run(['search', 'RRR'], cwd);
    const { code, stdout } = await run(argv, cwd);
    expect(code).toBe(0);
    expect(() => JSON.parse(stdout)).not.toThrow();
  });

  test('a run that is not there is an error that says so', async () => {
    const { code, stderr } = await run(['runs', 'show', 'workflow_nothing'], await folder());
    expect(code).not.toBe(0);
    expect(stderr).not.toBe('');
  });
});

test('reelflow runs resume ends with 6 for a run that failed, with --strict', async () => {
  const cwd = await folder();
  for (const [argv, expected] of [
    [[], 0],
    [['--strict'], 6],
  ] as const) {
    await leaveRun(join(cwd, 'reelflow-sandbox.db'));
    const { code, stdout } = await run(['runs', 'resume', ...argv], cwd);
    expect([code, stdout]).toEqual([expected, expect.stringMatching(/Resumed 1:\n.*failed/)]);
  }
});

/** A run whose process has gone, of a film that is not there. */
async function leaveRun(database: string): Promise<void> {
  const repository = await TypeOrmRepository.open({ type: 'sqlite', database });
  const startedAt = new Date().toISOString();
  const run = { status: 'running', movieName: 'No such film at all', options: {}, steps: [], startedAt } as const;
  const workflowId = `workflow_${startedAt.replace(/\W/g, '')}`;
  await repository.createRun({ ...run, workflowId, result: null, finishedAt: null }, { owner: 'gone', leaseMs: 1 });
  await repository.close();
}

describe('reelflow doctor', () => {
  test('finds nothing in the way, and says what is missing and how to mend it', async () => {
    const { code, stdout } = await run(['doctor', '--offline'], await folder());
    expect(code).toBe(0);
    expect(stdout).toMatch(/tmdb key\s+is not set[\s\S]*→ .*TMDB_ACCESS_TOKEN/);
  });

  test('ends with 1 for a database that cannot be reached', async () => {
    const { code, stdout } = await run(['doctor', '--offline', '--json'], await folder(), {
      REELFLOW_DATABASE: 'postgres://nobody:secret-password@127.0.0.1:1/none',
    });
    expect(code).toBe(1);
    expect(stdout).not.toContain('secret-password');
  });
});

describe('the command', () => {
  test.each(commands)('%s has help with examples', async (name) => {
    const { code, stdout } = await run([name, '--help'], await folder());
    expect(code).toBe(0);
    expect(stdout).toMatch(/Examples:\n\s+\$ .*reelflow/);
  });

  test.each(['bash', 'zsh', 'fish'])('completes its commands in %s', async (shell) => {
    const { code, stdout } = await run(['completion', shell], await folder());
    expect(code).toBe(0);
    for (const name of commands) expect(stdout).toContain(name);
    if (shell === 'bash') execFileSync('bash', ['-n'], { input: stdout });
  });

  test.each([
    'postgres://me:nobody-may-see#1@127.0.0.1:1/none',
    'postgres://me:nobody/may-see@127.0.0.1:1/none',
    'postgres://me:1/nobody-may-see@127.0.0.1:1/none',
    'postgres://me:1#nobody-may-see@127.0.0.1:1/none',
    'postgres://me:1@nobody-may-see/2@127.0.0.1:1/none',
    'mysql://me:nobody?may-see@127.0.0.1:1/none',
    'postgres://127.0.0.1:1/none?user=me&password=nobody@may-see',
  ])('prints no password of %s, though it was not encoded', async (database) => {
    for (const argv of [['search', 'RRR'], ['doctor', '--offline'], ['runs']]) {
      const { code, stdout, stderr } = await run(argv, await folder(), { REELFLOW_DATABASE: database });
      expect(code).not.toBe(0);
      expect(stdout + stderr, argv.join(' ')).not.toMatch(/may-see/);
    }
  });

  test('prints no key and no token, whatever it is asked', async () => {
    const cwd = await folder();
    const local = {
      ...everyKey,
      REELFLOW_TMDB_BASE_URL: 'http://127.0.0.1:1',
      REELFLOW_X_BASE_URL: 'http://127.0.0.1:1',
    };
    for (const argv of [
      ['doctor', '--offline'],
      ['doctor', '--offline', '--json'],
      ['search', 'RRR', '--deadline', '500'],
      ['runs'],
      ['stats', '--url', 'http://127.0.0.1:1'],
    ]) {
      const { stdout, stderr } = await run(argv, cwd, local);
      expect(stdout + stderr, argv.join(' ')).not.toMatch(/nobody-may-see/);
    }
  });
});
