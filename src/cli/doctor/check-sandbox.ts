import { toReelflowError } from '../../errors/classify-error.js';
import { startSandbox } from '../../sandbox/index.js';
import { askOnce } from '../parts/ask-once.js';
import { type Finding, failed, ok } from './finding.js';

const fix = 'let programs of this machine reach 127.0.0.1; a proxy must leave it out (NO_PROXY=127.0.0.1)';

/** Starts one, asks it, and ends it. */
export async function checkSandbox(signal: AbortSignal): Promise<Finding> {
  try {
    const sandbox = await startSandbox();
    try {
      const { status } = await askOnce({
        name: 'the sandbox',
        baseUrl: sandbox.tmdbUrl,
        path: '3/configuration',
        token: 'sandbox',
        signal,
      });
      return status === 200
        ? ok('sandbox', 'starts and answers')
        : failed('sandbox', `something else answered for it (${status})`, fix);
    } finally {
      await sandbox.close();
    }
  } catch (thrown) {
    return failed('sandbox', toReelflowError(thrown, 'api').message, fix);
  }
}
