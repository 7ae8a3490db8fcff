import { resolve } from 'node:path';
import type { Command } from 'commander';
import { ReelflowError } from '../../errors/reelflow-error.js';
import { type SandboxFault, type SandboxVocabulary, startSandbox } from '../../sandbox/index.js';
import type { CommandContext } from '../context.js';
import { type Act, wholeNumber, withExamples } from '../define.js';
import { exitCodes } from '../exit-code.js';
import { untilAborted } from '../until-aborted.js';

const trimMs = 60_000;
const number = (name: string, text: unknown): number | undefined => {
  if (typeof text !== 'string') return undefined;
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw new ReelflowError('INVALID_OPTIONS', `--${name} must be a number`);
};
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

export function addSandbox(program: Command, act: Act): void {
  const command = program
    .command('sandbox')
    .summary('a local TMDB and X, until Ctrl-C')
    .description(
      'Starts a local server that speaks TMDB v3 and X v2, with invented posts. The token of both is "sandbox".',
    )
    .option('-p, --port <port>', 'port on 127.0.0.1; 0 takes a free one', wholeNumber(0, 65_535), 0)
    .option('--movies <file>', 'films of yours: one JSON object a line, gzip allowed')
    .option('--latency <ms>', 'before each answer')
    .option('--seed <number>', 'makes the posts: the same seed, the same texts')
    .option('--vocabulary <names>', "X's names that are taken: tweet, post or both")
    .option('--retweets', 'searches find retweets too')
    .option('--faults <json>', 'what goes wrong, as a JSON array');
  withExamples(
    command,
    ['reelflow sandbox --port 4300', 'both services on port 4300'],
    [
      `reelflow sandbox --faults '[{"service":"x","kind":"status","status":429,"retryAfterSec":5}]'`,
      'X is always busy',
    ],
  );
  act(command, async ({ io, output, flags }: CommandContext) => {
    const movies = textOf(flags['movies']);
    const sandbox = await startSandbox({
      port: Number(flags['port']),
      movies: movies === undefined ? undefined : resolve(io.cwd, movies),
      latencyMs: number('latency', flags['latency']),
      seed: number('seed', flags['seed']),
      vocabulary: vocabulary(flags['vocabulary']),
      retweets: flags['retweets'] === true,
      faults: faults(flags['faults']),
    });
    const trim = setInterval(() => sandbox.requests.splice(0), trimMs); // nobody reads them here
    try {
      output.line(`TMDB v3: ${sandbox.tmdbUrl}\nX v2:    ${sandbox.xUrl}`);
      output.document({ tmdbUrl: sandbox.tmdbUrl, xUrl: sandbox.xUrl, token: 'sandbox' });
      output.note('The token of both is "sandbox". Ctrl-C ends it.');
      await untilAborted(io.signal);
    } finally {
      clearInterval(trim);
      await sandbox.close();
    }
    return exitCodes.ok;
  });
}

function vocabulary(given: unknown): SandboxVocabulary | 'both' | undefined {
  if (given === undefined || given === 'tweet' || given === 'post' || given === 'both') return given;
  throw new ReelflowError('INVALID_OPTIONS', '--vocabulary must be tweet, post or both');
}

/** What the array holds is checked by the sandbox itself. */
function faults(given: unknown): readonly SandboxFault[] | undefined {
  if (typeof given !== 'string') return undefined;
  try {
    return JSON.parse(given);
  } catch {
    throw new ReelflowError('INVALID_OPTIONS', '--faults must be JSON, such as \'[{"kind":"timeout","times":1}]\'');
  }
}
