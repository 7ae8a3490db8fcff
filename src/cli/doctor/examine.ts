import { toReelflowError } from '../../errors/classify-error.js';
import type { CommandContext } from '../context.js';
import { spoolRoot } from '../parts/open-manager.js';
import type { Settings } from '../settings/settings.js';
import { checkDatabase } from './check-database.js';
import { checkClock, checkTmdbKey, checkXKey } from './check-keys.js';
import { checkNode } from './check-node.js';
import { checkSandbox } from './check-sandbox.js';
import { checkSpool } from './check-spool.js';
import { type Finding, failed, ok } from './finding.js';

/** Everything that is checked, in the order in which it is told. Nothing is changed, and nothing costs money. */
export async function* examine(context: CommandContext): AsyncGenerator<Finding> {
  const { io, flags } = context;
  const { signal, cwd, nodeVersion = process.versions.node } = io;
  yield checkNode(nodeVersion);
  let settings: Settings;
  try {
    settings = await context.settings();
  } catch (thrown) {
    yield failed(
      'settings',
      toReelflowError(thrown, 'api').message,
      'mend it, and ask again: everything else depends on it',
    );
    return;
  }
  yield ok('settings', 'can be read');
  const keys = { signal, offline: flags['offline'] === true };
  const tmdb = await checkTmdbKey(settings, keys);
  yield tmdb.finding;
  const x = await checkXKey(settings, keys);
  yield x.finding;
  yield checkClock([x.date, tmdb.date], Date.now());
  yield* await checkDatabase(settings, cwd);
  yield await checkSpool(spoolRoot(settings, cwd));
  yield await checkSandbox(signal);
}
