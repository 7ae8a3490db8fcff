import type { Command } from 'commander';
import { throwIfAborted } from '../../errors/throw-if-aborted.js';
import type { CommandContext } from '../context.js';
import { type Act, withDatabase, withExamples } from '../define.js';
import { examine } from '../doctor/examine.js';
import type { Finding } from '../doctor/finding.js';
import { exitCodes } from '../exit-code.js';
import type { Style } from '../output.js';
import { clean } from '../show/texts.js';

const marks: Readonly<Record<Finding['status'], readonly [mark: string, style: Style]>> = {
  ok: ['✓', 'green'],
  warning: ['!', 'yellow'],
  failed: ['✗', 'red'],
  skipped: ['·', 'dim'],
};

export function addDoctor(program: Command, act: Act): void {
  const command = program
    .command('doctor')
    .summary('check everything, and say how to mend it')
    .description(
      'Checks Node, settings, keys (one free request each), clock, database, tables, spool and sandbox. It changes nothing and spends nothing. Ends with 1 when something failed.',
    )
    .option('--offline', 'look at the shape of the keys only');
  withExamples(
    withDatabase(command),
    ['reelflow doctor', 'everything'],
    ['reelflow doctor --json | jq \'.findings[] | select(.status == "failed")\'', 'what failed, as JSON'],
  );
  act(command, report);
}

async function report(context: CommandContext): Promise<number> {
  const { output, io } = context;
  const findings: Finding[] = [];
  for await (const finding of examine(context)) {
    throwIfAborted(io.signal, 'the examination');
    findings.push(finding);
    const [mark, style] = marks[finding.status];
    output.line(`${output.paint(style, mark)} ${finding.check.padEnd(11)} ${clean(finding.message)}`);
    if (finding.fix !== undefined) output.line(`  ${''.padEnd(11)} → ${clean(finding.fix)}`);
  }
  const healthy = findings.every(({ status }) => status !== 'failed');
  output.document({ ok: healthy, findings });
  const failures = findings.filter(({ status }) => status === 'failed').length;
  output.line(healthy ? 'Nothing stands in the way.' : `${failures} to mend.`);
  return healthy ? exitCodes.ok : exitCodes.unexpected;
}
