import { vi } from 'vitest';

const realImmediate = setImmediate;
/** Lets everything happen that waits for no timer. */
export const turn = () => new Promise<void>((resolve) => void realImmediate(resolve));

/** Runs the fake clock from timer to timer until the work has ended. */
export async function settled<T>(work: Promise<T>): Promise<T> {
  let isDone = false;
  const done = () => {
    isDone = true;
  };
  work.then(done, done);
  for (let step = 0; step < 1000; step += 1) {
    await turn();
    if (isDone) return work;
    vi.advanceTimersToNextTimer();
  }
  throw new Error('it never ends');
}
