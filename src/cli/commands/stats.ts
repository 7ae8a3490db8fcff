import type { Command } from 'commander';
import type { JsonAnswer } from '../../adapters/http/json-client.js';
import { ReelflowError } from '../../errors/reelflow-error.js';
import type { CommandContext } from '../context.js';
import { type Act, wholeNumber, withExamples } from '../define.js';
import { exitCodes } from '../exit-code.js';
import { askOnce } from '../parts/ask-once.js';
import { renderStats, statsSchema } from '../show/render-stats.js';
import { pause } from '../until-aborted.js';
import { standardBasePath, standardPort } from './serve.js';

export function addStats(program: Command, act: Act): void {
  const command = program
    .command('stats')
    .summary('statistics of a server that runs')
    .description(
      'Asks a running reelflow serve, or an app of yours with reelflow/http. The token is REELFLOW_TOKEN or REELFLOW_READ_TOKEN.',
    )
    .option('-u, --url <url>', `where the server is (default: http://127.0.0.1:${standardPort})`)
    .option('--base-path <path>', `where its routes begin (default: ${standardBasePath})`)
    .option('-w, --watch', 'ask again and again, until Ctrl-C; with --json a line for each answer')
    .option('-i, --interval <seconds>', 'between two questions', wholeNumber(1, 3600), 2);
  withExamples(
    command,
    ['REELFLOW_READ_TOKEN=... reelflow stats', 'once, from this machine'],
    ['reelflow stats --url https://films.example --watch --json', 'a line of JSON every two seconds'],
  );
  act(command, showStats);
}

async function showStats(context: CommandContext): Promise<number> {
  const { io, output, flags } = context;
  const ask = await asker(context);
  if (flags['watch'] !== true) {
    const stats = await ask();
    output.document(stats);
    for (const line of render(stats, context)) output.line(line);
    return exitCodes.ok;
  }
  while (!io.signal.aborted) {
    try {
      const stats = await ask();
      output.jsonLine(stats);
      const clear = io.stdout.isTTY === true ? '\u001b[H\u001b[2J' : '';
      output.line(`${clear}${new Date().toISOString()}\n${render(stats, context).join('\n')}`);
    } catch (error) {
      if (io.signal.aborted) break;
      if (!(error instanceof ReelflowError && error.retryable)) throw error;
      output.warn(error.message);
    }
    await pause(Number(flags['interval']) * 1000, io.signal);
  }
  return exitCodes.ok;
}

async function asker({ io, settings }: CommandContext): Promise<() => Promise<unknown>> {
  const { url = `http://127.0.0.1:${standardPort}`, basePath = standardBasePath, token, readToken } = await settings();
  const path = `${basePath === '/' ? '' : basePath}/automation-stats`;
  const question = { name: 'the server', baseUrl: url, path, token: readToken ?? token, signal: io.signal };
  return async () => {
    const answer = await askOnce(question).catch((error: unknown) => {
      if (!(error instanceof ReelflowError) || error.code === 'CANCELLED') throw error;
      throw new ReelflowError(error.code, `${error.message}. Does reelflow serve run at ${url}? Give --url`, {
        retryable: error.retryable,
      });
    });
    return bodyOf(answer, url);
  };
}

function bodyOf({ status, body }: JsonAnswer, url: string): unknown {
  if (status === 200) return body;
  if (status === 401 || status === 403)
    throw new ReelflowError(
      'API_UNAUTHORIZED',
      'the server lets only its own tokens in; give it one of them by REELFLOW_TOKEN or REELFLOW_READ_TOKEN',
    );
  if (status === 404)
    throw new ReelflowError(
      'API_NOT_FOUND',
      `there are no statistics at ${url}: is it the right --url and --base-path?`,
    );
  if (status === 429 || status >= 500) throw new ReelflowError('API_UNAVAILABLE', `the server answered ${status}`);
  throw new ReelflowError('API_BAD_REQUEST', `the server answered ${status}`);
}

function render(stats: unknown, { output }: CommandContext): string[] {
  const parsed = statsSchema.safeParse(stats);
  if (!parsed.success)
    throw new ReelflowError('API_INVALID_RESPONSE', 'what answered is no reelflow server, or one of another version');
  return renderStats(parsed.data, output.paint);
}
