import type { Command } from 'commander';
import { surveyEntries } from '../../adapters/file-spool/survey-spool.js';
import type { WriteBatch } from '../../ports/repository.js';
import { workflowIdsOf } from '../../ports/repository-input.js';
import type { CommandContext } from '../context.js';
import { type Act, wholeNumber, withDatabase, withExamples } from '../define.js';
import { exitCodes } from '../exit-code.js';
import { spoolRoot, withManager } from '../parts/open-manager.js';
import { surveySpools } from '../parts/spools.js';
import { bytes, clean, count, table } from '../show/texts.js';

export function addSpool(program: Command, act: Act): void {
  const spool = program
    .command('spool')
    .summary('writes that wait for the database')
    .description('Writes that the database could not take. They are replayed by themselves when it is back, or now.');
  withExamples(spool, ['reelflow spool', 'how much waits'], ['reelflow spool replay', 'write it to the database now']);
  const size = spool
    .command('size', { isDefault: true })
    .description('How much waits, by database; changes nothing and asks no database.');
  withExamples(
    size,
    ['reelflow spool', 'how much waits'],
    ["reelflow spool --json | jq '.entries'", 'the number alone'],
  );
  act(size, showSize);

  const list = spool
    .command('list')
    .description('What waits, oldest first; changes nothing and asks no database.')
    .option('-n, --limit <number>', 'entries at most', wholeNumber(1, 1000), 20);
  withExamples(
    list,
    ['reelflow spool list', 'the oldest twenty'],
    ['reelflow spool list -n 100 --json', 'more, as JSON'],
  );
  act(list, listEntries);

  const replay = spool.command('replay').description('Writes to the database what waits for it, in order, each once.');
  withExamples(
    withDatabase(replay),
    ['reelflow spool replay', 'into the default database'],
    ['REELFLOW_DATABASE=postgres://me:secret@db/films reelflow spool replay', 'into a server'],
  );
  act(replay, replayEntries);
}

async function showSize({ io, output, settings }: CommandContext): Promise<number> {
  const root = spoolRoot(await settings(), io.cwd);
  const spools = await surveySpools(root);
  const entries = spools.reduce((sum, survey) => sum + survey.entries, 0);
  output.document({ root, entries, spools });
  output.line(entries === 0 ? `Nothing waits in ${root}.` : `${count(entries, 'entry', 'entries')} in ${root}`);
  for (const { directory, entries: own, bytes: size, oldest, damaged, setAside } of spools) {
    const since = oldest === null ? '' : `, since ${oldest}`;
    output.line(`  ${directory}: ${own}, ${bytes(size)}${since}${damaged === 0 ? '' : `, ${damaged} damaged`}`);
    for (const path of setAside) output.line(`    set aside for you to read: ${path}`);
  }
  if (entries > 0) output.note('A running reelflow replays them by itself; or: reelflow spool replay');
  return exitCodes.ok;
}

interface Shown {
  readonly directory: string;
  readonly position: number;
  readonly at: string;
  readonly workflowIds: readonly string[];
  readonly holds: Readonly<Record<string, number>>;
}

async function listEntries({ io, output, settings, flags }: CommandContext): Promise<number> {
  const most = Number(flags['limit']);
  const shown: Shown[] = [];
  for (const { directory } of await surveySpools(spoolRoot(await settings(), io.cwd))) {
    if (shown.length >= most) break;
    for await (const entry of surveyEntries(directory)) {
      if (shown.length >= most) break;
      if (entry === null) continue;
      const { position, at, batch } = entry;
      shown.push({ directory, position, at, workflowIds: workflowIdsOf(batch), holds: holds(batch) });
    }
  }
  output.document(shown);
  const rows = shown.map(({ position, at, workflowIds, holds: parts }) => [
    at,
    String(position),
    Object.entries(parts)
      .map(([part, amount]) => `${part} ${amount}`)
      .join(', '),
    clean(workflowIds.join(' ')),
  ]);
  if (rows.length === 0) output.line('Nothing waits.');
  else for (const line of table(['since', 'place', 'holds', 'run'], rows)) output.line(line);
  return exitCodes.ok;
}

/** How many records of each kind; the texts of posts are nobody's business here. */
function holds({
  film,
  related,
  reviews,
  analysis,
  recommendations,
  rejected,
  steps,
  run,
  forgotten,
}: WriteBatch): Record<string, number> {
  const amounts = {
    films: (film === undefined ? 0 : 1) + (related?.movies.length ?? 0),
    posts: reviews?.reviews.length ?? 0,
    scores: analysis?.scores.length ?? 0,
    recommendations: recommendations?.recommendations.length ?? 0,
    rejected: rejected?.length ?? 0,
    steps: steps?.reports.length ?? 0,
    runs: run === undefined ? 0 : 1,
    forgotten: forgotten?.tweetIds.length ?? 0,
  };
  return Object.fromEntries(Object.entries(amounts).filter(([, amount]) => amount > 0));
}

function replayEntries(context: CommandContext): Promise<number> {
  const { output } = context;
  return withManager(
    context,
    async ({ manager }) => {
      const { replayed, remaining } = await manager.replaySpool();
      output.document({ replayed, remaining });
      output.line(`Replayed ${replayed}, ${remaining} still wait.`);
      return remaining === 0 ? exitCodes.ok : exitCodes.database;
    },
    { apis: false },
  );
}
