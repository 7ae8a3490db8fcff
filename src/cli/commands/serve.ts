import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { ReelflowError } from '../../errors/reelflow-error.js';
import { createOrchestratorApp, serve } from '../../http/index.js';
import type { CommandContext } from '../context.js';
import { type Act, withApis, withDatabase, withExamples } from '../define.js';
import { exitCodes } from '../exit-code.js';
import { lineLogger } from '../line-logger.js';
import { databaseName } from '../parts/database-options.js';
import { mayLackKeys } from '../parts/is-sandboxed.js';
import { withManager } from '../parts/open-manager.js';
import type { Settings } from '../settings/settings.js';
import { untilAborted } from '../until-aborted.js';

export const standardPort = 3000;
export const standardBasePath = '/api/orchestrator';
const tokenBytes = 24;

export function addServe(program: Command, act: Act): void {
  const command = program
    .command('serve')
    .summary('the HTTP service with its dashboard')
    .description(
      'Serves searches, statistics, metrics and the dashboard until Ctrl-C. Callers need a token: REELFLOW_TOKEN may do everything, REELFLOW_READ_TOKEN may look. Without REELFLOW_TOKEN one is made, and shown once, in a terminal.',
    )
    .option('-p, --port <port>', `port; 0 takes a free one (default: ${standardPort})`)
    .option('--host <address>', 'where to listen; anything but this machine needs REELFLOW_TOKEN (default: 127.0.0.1)')
    .option('--base-path <path>', `where the routes begin (default: ${standardBasePath})`);
  withExamples(
    withApis(withDatabase(command)),
    ['reelflow serve', 'on http://127.0.0.1:3000, with a token made for this run'],
    [
      'REELFLOW_TOKEN=$(cat token) reelflow serve --host 0.0.0.0 --port 8080',
      'for other machines, with a token of yours',
    ],
  );
  act(command, async (context) => {
    const settings = await context.settings();
    const access = chooseAccess(settings);
    context.output.hide(access.token);
    const options = { logger: lineLogger(context.output), resumeOnStart: !mayLackKeys(settings) };
    return withManager(context, ({ manager }) => serveUntilAborted(context, { manager, settings, access }), options);
  });
}

interface Access {
  readonly token: string;
  readonly readToken: string | undefined;
  /** Nobody knows the token yet. */
  readonly isMade: boolean;
}

/** @throws INVALID_OPTIONS when others could reach it with a token that nobody chose */
function chooseAccess({ host = '127.0.0.1', token, readToken }: Settings): Access {
  if (token === undefined && !isLoopback(host)) {
    throw new ReelflowError(
      'INVALID_OPTIONS',
      `--host ${host} lets other machines in: set REELFLOW_TOKEN first, to what openssl rand -hex 24 gives, for example`,
    );
  }
  return { token: token ?? randomBytes(tokenBytes).toString('base64url'), readToken, isMade: token === undefined };
}

const isLoopback = (host: string): boolean => /^(127(\.\d{1,3}){3}|localhost|::1)$/i.test(host);

async function serveUntilAborted(
  { io, output }: CommandContext,
  {
    manager,
    settings,
    access,
  }: {
    readonly manager: Parameters<typeof createOrchestratorApp>[0];
    readonly settings: Settings;
    readonly access: Access;
  },
): Promise<number> {
  const { host = '127.0.0.1', port = standardPort, basePath = standardBasePath } = settings;
  const { token, readToken, isMade } = access;
  const auth = { bearer: [token], ...(readToken === undefined ? {} : { readOnly: [readToken] }) };
  const app = createOrchestratorApp(manager, { auth, basePath, logger: lineLogger(output) });
  const served = await serve(app, { port, hostname: host });
  try {
    const api = served.url + (basePath === '/' ? '' : basePath);
    const dashboard = `${api}/dashboard`;
    output.line(`Dashboard: ${dashboard}\nAPI:       ${api}\nDatabase:  ${databaseName(settings)}`);
    output.document({ url: served.url, api, dashboard, database: databaseName(settings), pid: process.pid });
    if (
      isMade &&
      !output.reveal(`Token:     ${token}   (made for this run and shown only now; set REELFLOW_TOKEN to choose one)`)
    )
      output.warn('A token was made, but there is no terminal to show it in: set REELFLOW_TOKEN to choose one.');
    output.note('Ctrl-C ends it.');
    await untilAborted(io.signal);
    output.note('Ending: open requests may finish. Ctrl-C again ends it at once.');
    return exitCodes.ok;
  } finally {
    await served.close();
  }
}
