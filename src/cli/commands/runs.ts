import type { Command } from 'commander';
import { type WorkflowRun, type WorkflowStatus, workflowStatuses } from '../../domain/workflow-run.js';
import { ReelflowError } from '../../errors/reelflow-error.js';
import type { CommandContext } from '../context.js';
import { type Act, wholeNumber, withApis, withDatabase, withExamples } from '../define.js';
import { exitCodes } from '../exit-code.js';
import { mayLackKeys } from '../parts/is-sandboxed.js';
import { withManager } from '../parts/open-manager.js';
import { withRepository } from '../parts/with-repository.js';
import { renderResult } from '../show/render-result.js';
import { clean, seconds, shorten, table } from '../show/texts.js';

const nameWidth = 40;

export function addRuns(program: Command, act: Act): void {
  const runs = program
    .command('runs')
    .summary('searches of the past, and those that were cut')
    .description('Lists, shows and resumes searches.');
  withExamples(runs, ['reelflow runs', 'the last searches'], ['reelflow runs resume', 'finish those that were cut']);
  const list = runs
    .command('list', { isDefault: true })
    .description('Lists searches, newest first.')
    .option('-n, --limit <number>', 'runs at most', wholeNumber(1, 1000), 20)
    .option('--before <id>', 'those that come after this one in the list')
    .option('--status <status>', workflowStatuses.join(', '));
  withExamples(
    withDatabase(list),
    ['reelflow runs', 'the last twenty'],
    ['reelflow runs list --status failed --json', 'those that failed, as JSON'],
  );
  act(list, listRuns);

  const show = runs
    .command('show')
    .description('Shows one search: its steps and its result.')
    .argument('<id>', 'its workflow id');
  withExamples(
    withDatabase(show),
    ['reelflow runs show workflow_0mj5x8k2q1f0c9a7b3d5e2468', 'steps and result'],
    ['reelflow runs show workflow_0mj5x8k2q1f0c9a7b3d5e2468 --json | jq .result.movie', 'the film alone'],
  );
  act(show, showRun);

  const resume = runs
    .command('resume')
    .description('Finishes the searches whose process has gone; what they had bought is not bought again.')
    .option('--strict', 'end with 6 when one of them failed');
  withExamples(
    withApis(withDatabase(resume)),
    ['reelflow runs resume', 'all of them'],
    ['reelflow runs resume --max-usd 1 --json', 'for a dollar at most'],
  );
  act(resume, resumeRuns);
}

function listRuns({ output, ...context }: CommandContext): Promise<number> {
  const { limit, before, status } = context.flags;
  return withRepository({ output, ...context }, async (repository) => {
    const runs = await repository.listRuns({
      limit: Number(limit),
      ...(typeof before === 'string' ? { before } : {}),
      ...(status === undefined ? {} : { status: statusOf(status) }),
    });
    output.document(runs);
    if (runs.length === 0) output.line('There are no runs.');
    else for (const line of table(['id', 'status', 'started', 'took', 'film'], runs.map(rowOf))) output.line(line);
    return exitCodes.ok;
  });
}

const rowOf = ({ workflowId, status, startedAt, result, movieName }: WorkflowRun): string[] => [
  clean(workflowId),
  status,
  startedAt.replace(/\.\d+Z$/, 'Z'),
  result === null ? '' : seconds(result.durationMs),
  shorten(clean(movieName), nameWidth),
];

function statusOf(given: unknown): WorkflowStatus {
  const status = workflowStatuses.find((known) => known === given);
  if (status !== undefined) return status;
  throw new ReelflowError('INVALID_INPUT', `--status must be one of ${workflowStatuses.join(', ')}`);
}

function showRun(context: CommandContext, [id]: readonly unknown[]): Promise<number> {
  const { output } = context;
  return withRepository(context, async (repository) => {
    const run = await repository.findRun(String(id));
    if (run === null)
      throw new ReelflowError('INVALID_INPUT', `there is no run ${clean(String(id)).slice(0, 100)}: see reelflow runs`);
    output.document(run);
    output.line(
      `${clean(run.movieName)}: ${run.status}, started ${run.startedAt}, ended ${run.finishedAt ?? 'not yet'}`,
    );
    for (const { name, status, attempts, durationMs, error } of run.steps)
      output.line(
        `  ${name.padEnd(9)} ${status.padEnd(8)} ${seconds(durationMs).padStart(7)}  attempts ${attempts}${error === undefined ? '' : `  ${error.code}`}`,
      );
    if (run.result !== null) for (const line of renderResult(run.result, null, output.paint)) output.line(line);
    return exitCodes.ok;
  });
}

async function resumeRuns(context: CommandContext): Promise<number> {
  const { output, io, flags } = context;
  const settings = await context.settings();
  if (mayLackKeys(settings)) {
    throw new ReelflowError(
      'INVALID_OPTIONS',
      'without keys the runs would be finished with invented posts: set TMDB_ACCESS_TOKEN and X_BEARER_TOKEN, or give --sandbox if that is meant',
    );
  }
  return withManager(context, async ({ manager }) => {
    output.note('Waiting for the leases of processes that may live, some seconds ...');
    const onAbort = () => void manager.close({ graceMs: 0 });
    io.signal.addEventListener('abort', onAbort, { once: true });
    try {
      const resumed = await manager.resumePending();
      io.signal.throwIfAborted();
      output.document(resumed);
      output.line(resumed.length === 0 ? 'No run was cut.' : `Resumed ${resumed.length}:`);
      for (const { workflowId, status, movieName } of resumed)
        output.line(`  ${workflowId}  ${status}  ${clean(movieName)}`);
      const failed = resumed.some(({ status }) => status !== 'completed');
      return failed && flags['strict'] === true ? exitCodes.degraded : exitCodes.ok;
    } finally {
      io.signal.removeEventListener('abort', onAbort);
    }
  });
}
