import type { TestFunction } from '../../src/testing/index.js';

/** The names of the tests of a suite that fail: a suite that finds nothing wrong proves nothing. */
export async function failuresOf(suite: (test: TestFunction) => void): Promise<string[]> {
  const tests = new Map<string, () => Promise<void>>();
  suite((name, run) => tests.set(name, run));
  const failures: string[] = [];
  for (const [name, run] of tests) {
    try {
      await run();
    } catch {
      failures.push(name);
    }
  }
  return failures;
}

/** Work that is under way for some turns, deaf to every signal. */
export async function deaf<Answer>(answer: Answer): Promise<Answer> {
  for (let turns = 0; turns < 3; turns += 1) await new Promise<void>((resolve) => setImmediate(resolve));
  return answer;
}
