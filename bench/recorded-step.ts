/**
 * Recording the outcome of one step of a run, durably, beside a bare commit of the same row; SQLite, and where it runs
 * here PostgreSQL, there beside a step of DBOS too. `node bench/recorded-step.ts [--quick]` after `npm run build`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { TypeOrmRepository } from 'reelflow/typeorm';
import { compare } from './harness/compare.ts';
import { report, show } from './harness/report.ts';
import { type DbosSteps, openDbos } from './recorded-step/dbos.ts';

const prefix = 'bench_';
const workflowId = 'workflow_bench';
/** Another one each time: a row that stays the same need not be written. */
const stepOf = (durationMs: number) => ({ name: 'collect', status: 'ok', durationMs, attempts: 1 }) as const;
const statement = `INSERT INTO ${prefix}bare_steps (workflow_id, step, checkpoint_key, content) VALUES (?, ?, ?, ?)
  ON CONFLICT (workflow_id, step, checkpoint_key) DO UPDATE SET content = excluded.content`;
const table = `CREATE TABLE ${prefix}bare_steps (workflow_id varchar(64), step varchar(32), checkpoint_key varchar(255), content text,
  PRIMARY KEY (workflow_id, step, checkpoint_key))`;

async function measure(
  name: string,
  repository: TypeOrmRepository,
  commit: (name: string, content: string) => unknown,
  dbos?: DbosSteps,
): Promise<void> {
  await repository.createRun({
    workflowId,
    status: 'running',
    movieName: 'RRR',
    options: {},
    steps: [],
    result: null,
    startedAt: '2026-05-15T12:00:00.000Z',
    finishedAt: null,
  });
  const times = (work: (step: ReturnType<typeof stepOf>) => unknown) => async (count: number) => {
    for (let index = 0; index < count; index += 1) await work(stepOf(index));
    return count;
  };
  const measured = await compare(
    [
      { name: 'a bare commit', run: times((step) => commit(step.name, JSON.stringify(step))) },
      { name: 'reelflow', run: times((step) => repository.apply({ steps: { workflowId, reports: [step] } })) },
      ...(dbos === undefined ? [] : [{ name: 'DBOS', run: dbos.run }]),
    ],
    { times: 300, rounds: 15 },
  );
  const run = await repository.findRun(workflowId);
  if (run?.steps[0]?.name !== 'collect') throw new Error('the step was not recorded');
  console.log(name);
  show(measured);
  const ours = measured[1]?.ofFirst ?? Number.NaN;
  const ofDbos = ours / (measured[2]?.ofFirst ?? Number.NaN);
  report({
    work: `one recorded workflow step, ${name}`,
    beside: `a bare commit of the same row${dbos === undefined ? '' : ' and a step of DBOS'}`,
    found: `${ours.toFixed(2)} of its time${dbos === undefined ? '' : `, ${ofDbos.toFixed(2)} of DBOS's`}`,
    wanted: 'at most 1.20',
    ofWanted: ours / 1.2,
  });
}

const directory = mkdtempSync(join(tmpdir(), 'reelflow-bench-'));
try {
  const repository = await TypeOrmRepository.open({ type: 'sqlite', database: join(directory, 'steps.db') });
  const database = new DatabaseSync(join(directory, 'bare.db'));
  database.exec('PRAGMA journal_mode = WAL');
  database.exec(table);
  const insert = database.prepare(statement);
  await measure('SQLite', repository, (name, content) => insert.run(workflowId, name, '', content));
  database.close();
  await repository.close();
} finally {
  rmSync(directory, { recursive: true });
}

const client = new pg.Client({ host: '127.0.0.1', user: 'root', database: 'test' });
const isThere = await client.connect().then(
  () => true,
  () => false,
);
if (isThere) {
  const dropAll = async (): Promise<void> => {
    const { rows } = await client.query("SELECT tablename FROM pg_tables WHERE tablename LIKE 'bench\\_%'");
    for (const { tablename } of rows) await client.query(`DROP TABLE ${tablename} CASCADE`);
  };
  await dropAll();
  const repository = await TypeOrmRepository.open({
    type: 'postgres',
    host: '127.0.0.1',
    username: 'root',
    database: 'test',
    tablePrefix: prefix,
  });
  await client.query(table);
  const text = statement.replace('(?, ?, ?, ?)', '($1, $2, $3, $4)');
  const dbos = await openDbos(client, stepOf);
  const commit = (name: string, content: string) =>
    client.query({ name: 'step', text, values: [workflowId, name, '', content] });
  try {
    await measure('PostgreSQL', repository, commit, dbos);
  } finally {
    await dbos.close();
  }
  await repository.close();
  await dropAll();
  await client.end();
} else console.log('PostgreSQL, and DBOS on it: left out, it does not run here');
