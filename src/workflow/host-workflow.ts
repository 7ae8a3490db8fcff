import { toReelflowError } from '../errors/classify-error.js';
import { ReelflowError } from '../errors/reelflow-error.js';
import { linkSignal } from '../resilience/linked-signal.js';
import { unlessAborted } from '../resilience/unless-aborted.js';
import type { SearchWorkflow } from './search-workflow.js';

/**
 * A workflow of the host's own may do anything: it fails with a code, and ends with its caller and with `close()`, deaf
 * or not. @param cut - aborts when the grace time of `close()` is over
 */
export function hostWorkflow(workflow: SearchWorkflow, cut: AbortSignal): SearchWorkflow {
  return async (data, { event, signal }) => {
    const own = linkSignal(signal);
    const stop = () => own.abort(cut.reason);
    if (cut.aborted) stop();
    cut.addEventListener('abort', stop, { once: true });
    try {
      const work = Promise.resolve(workflow(data, { event, signal: own.signal }));
      const result: unknown = await unlessAborted(work, own.signal, 'the search');
      if (typeof result === 'object' && result !== null) return result as Awaited<typeof work>;
    } catch (thrown) {
      throw toReelflowError(thrown, 'api');
    } finally {
      cut.removeEventListener('abort', stop);
      own.dispose();
    }
    throw new ReelflowError('UNEXPECTED', 'the option workflow gave no result: it must return a WorkflowResult');
  };
}
