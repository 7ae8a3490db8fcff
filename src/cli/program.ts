import { Command } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { addCompletion } from './commands/completion.js';
import { addDemo } from './commands/demo.js';
import { addDoctor } from './commands/doctor.js';
import { addQuarantine } from './commands/quarantine.js';
import { addRuns } from './commands/runs.js';
import { addSandbox } from './commands/sandbox.js';
import { addSearch } from './commands/search.js';
import { addServe } from './commands/serve.js';
import { addSpool } from './commands/spool.js';
import { addStats } from './commands/stats.js';
import { type Act, withExamples } from './define.js';

const addCommands = [
  addDemo,
  addSearch,
  addServe,
  addSandbox,
  addStats,
  addRuns,
  addSpool,
  addQuarantine,
  addDoctor,
  addCompletion,
];

const settingsHelp = `
Settings come from flags, then the environment, then reelflow.config.json. Keys and tokens never come from flags,
which everybody on the machine can see: set TMDB_ACCESS_TOKEN, X_BEARER_TOKEN, REELFLOW_TOKEN, or write them into
the file. A .env file is read by Node itself:
  $ node --env-file=.env node_modules/reelflow/dist/cli.js search RRR`;

/** The tree of commands. The global flags may stand anywhere in the line. */
export function buildProgram(act: Act): Command {
  const program = new Command('reelflow')
    .description(
      'Search a film once: TMDB and X are asked, everything is stored, sentiment is scored, films are recommended with reasons.',
    )
    .version(packageJson.version, '-V, --version', 'print the version')
    .option('--json', 'one JSON document on stdout; with --watch a line for each')
    .option('-q, --quiet', 'no messages but warnings and failures')
    .option('-c, --config <file>', 'settings (default: reelflow.config.json, when it is there)')
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(see --help)');
  withExamples(
    program,
    ['reelflow demo', 'see everything at work, without keys'],
    ['reelflow search "RRR (2022)" --json', 'one film, as JSON'],
  ).addHelpText('after', settingsHelp);
  for (const add of addCommands) add(program, act);
  return program;
}
