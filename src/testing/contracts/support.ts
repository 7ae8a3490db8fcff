import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { isReelflowError, ReelflowError } from '../../errors/reelflow-error.js';
import type { CallContext } from '../../ports/call-context.js';

/** The first attempt of a call, whose signal never aborts unless one is given. */
export const context = (signal: AbortSignal = new AbortController().signal): CallContext => ({ signal, attempt: 1 });

/** Titles and ids that no provider knows. */
export const nobodyKnows = { title: 'qzxv wqkj', tmdbId: 987_654_321 } as const;

/** Checks that the work fails with an error of ours, without the secret, and gives the error. */
async function failureOf(work: Promise<unknown>, secret?: string): Promise<ReelflowError> {
  try {
    await work;
  } catch (error) {
    assert.ok(isReelflowError(error), `a ReelflowError was expected, got ${String(error)}`);
    if (secret !== undefined) {
      assert.ok(!inspect(error, { depth: 8, showHidden: true }).includes(secret), 'the error holds the credential');
    }
    return error;
  }
  return assert.fail('it should have failed');
}

/** Checks that the work fails with one of the codes that stand for a provider's failures. */
export async function apiFailureOf(work: Promise<unknown>, secret?: string): Promise<ReelflowError> {
  const error = await failureOf(work, secret);
  assert.match(error.code, /^API_/);
  return error;
}

type Cancellable = (signal: AbortSignal) => Promise<unknown>;

const gaveUp = () => new ReelflowError('CANCELLED', 'the caller gave up');

/** Checks that a call whose signal has aborted fails with the signal's reason, or with CANCELLED. */
export async function hearsAnAbortedSignal(call: Cancellable): Promise<void> {
  const { code } = await failureOf(call(AbortSignal.abort(gaveUp())));
  assert.equal(code, 'CANCELLED');
}

/** Checks that a call that is aborted under way fails with CANCELLED; one that needs no turn of its own may succeed. */
export async function hearsAnAbortInFlight(call: Cancellable): Promise<void> {
  const controller = new AbortController();
  let answered = false;
  const work = call(controller.signal).then((answer) => {
    answered = true;
    return answer;
  });
  controller.abort(gaveUp());
  const oneTurn = new Promise<void>((resolve) => setImmediate(resolve));
  await Promise.race([work.catch(() => undefined), oneTurn]);
  if (answered) return;
  assert.equal((await failureOf(work)).code, 'CANCELLED');
}

/** Checks that a record has a value for each field of its parsed form: null, '', 0 or [] where nothing is known. */
export function isComplete(record: object, parsed: object): void {
  for (const field of Object.keys(parsed)) {
    assert.notEqual(Reflect.get(record, field), undefined, `${field} is undefined`);
  }
}
