import type { Command } from 'commander';
import type { QuarantinedRecord } from '../../domain/records.js';
import { ReelflowError } from '../../errors/reelflow-error.js';
import type { CommandContext } from '../context.js';
import { type Act, wholeNumber, withDatabase, withExamples } from '../define.js';
import { exitCodeOf, exitCodes } from '../exit-code.js';
import { withManager } from '../parts/open-manager.js';
import { withRepository } from '../parts/with-repository.js';
import { clean, shorten, table } from '../show/texts.js';

const reasonWidth = 60;

export function addQuarantine(program: Command, act: Act): void {
  const quarantine = program
    .command('quarantine')
    .summary('records that were set aside')
    .description('Records of films and posts that were wrong: they were set aside, and the rest was stored.');
  withExamples(
    quarantine,
    ['reelflow quarantine', 'what was set aside'],
    ['reelflow quarantine show 1', 'one record with its raw text'],
  );
  const list = quarantine
    .command('list', { isDefault: true })
    .description('Lists records, oldest first.')
    .option('-n, --limit <number>', 'records at most', wholeNumber(1, 1000), 20)
    .option('--after <id>', 'those after this one');
  withExamples(
    withDatabase(list),
    ['reelflow quarantine', 'the oldest twenty'],
    ['reelflow quarantine list --after 20 --json', 'the next ones, as JSON'],
  );
  act(list, listRecords);

  const show = quarantine
    .command('show')
    .description('Shows one record with its raw text.')
    .argument('<id>', 'its id in the list');
  withExamples(
    withDatabase(show),
    ['reelflow quarantine show 3', 'reason and raw text'],
    ['reelflow quarantine show 3 --json | jq -r .raw', 'the raw text alone'],
  );
  act(show, showRecord);

  const retry = quarantine
    .command('retry')
    .description('Checks records once more, and stores those that are right now; no API is asked.')
    .argument('<id...>', 'their ids in the list');
  withExamples(
    withDatabase(retry),
    ['reelflow quarantine retry 3', 'one record'],
    ['reelflow quarantine retry 3 4 5 --json', 'several, as JSON'],
  );
  act(retry, retryRecords);
}

function listRecords(context: CommandContext): Promise<number> {
  const { output, flags } = context;
  const { limit, after } = flags;
  return withRepository(context, async (repository) => {
    const query = { limit: Number(limit), ...(typeof after === 'string' ? { after } : {}) };
    const [records, all] = [await repository.listQuarantine(query), await repository.quarantineSize()];
    output.document({ records, all });
    if (records.length === 0) output.line(all === 0 ? 'Nothing is in quarantine.' : 'There are no more.');
    else for (const line of table(['id', 'kind', 'since', 'field', 'reason'], records.map(rowOf))) output.line(line);
    if (records.length < all) output.note(`${records.length} of ${all} shown.`);
    return exitCodes.ok;
  });
}

const rowOf = ({ id, kind, quarantinedAt, field, reason }: QuarantinedRecord): string[] => [
  id,
  kind,
  quarantinedAt.replace(/\.\d+Z$/, 'Z'),
  clean(field ?? ''),
  shorten(clean(`${reason.code}: ${reason.message}`), reasonWidth),
];

function showRecord(context: CommandContext, [id]: readonly unknown[]): Promise<number> {
  const { output } = context;
  return withRepository(context, async (repository) => {
    const [record] = await repository.listQuarantine({ id: String(id), limit: 1 });
    if (record === undefined) throw unknown(String(id));
    output.document(record);
    output.line(`${record.kind} ${record.id}, set aside ${record.quarantinedAt}`);
    output.line(`  run     ${clean(record.workflowId ?? 'none')}`);
    output.line(`  field   ${clean(record.field ?? 'none')}`);
    output.line(`  reason  ${record.reason.code}: ${clean(record.reason.message)}`);
    output.line(`  raw     ${clean(record.raw)}`);
    return exitCodes.ok;
  });
}

function retryRecords(context: CommandContext, [ids]: readonly unknown[]): Promise<number> {
  const { output } = context;
  const asked = Array.isArray(ids) ? ids.map(String) : [];
  return withManager(
    context,
    async ({ manager }) => {
      const results = [];
      for (const id of asked) {
        const { accepted, error } = await manager.retryQuarantined(id);
        results.push({ id, accepted, ...(error === undefined ? {} : { error }) });
        output.line(
          accepted ? `${clean(id)} stored` : `${clean(id)} refused: ${error?.code} ${clean(error?.message ?? '')}`,
        );
      }
      output.document(results);
      const refused = results.find(({ accepted }) => !accepted);
      return refused === undefined ? exitCodes.ok : exitCodeOf(refused.error?.code ?? 'UNEXPECTED');
    },
    { apis: false },
  );
}

const unknown = (id: string): ReelflowError =>
  new ReelflowError(
    'INVALID_INPUT',
    `there is no record ${clean(id).slice(0, 100)} in quarantine: see reelflow quarantine`,
  );
