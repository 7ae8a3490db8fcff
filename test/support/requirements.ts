import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, test } from 'vitest';

/** Tests whose requirement is not on this machine: skipped with the reason, failed where it is required. */
export function skipFor(reason: string, title: string): void {
  if (process.env.REELFLOW_REQUIRE_ALL === '1') throw new Error(`REELFLOW_REQUIRE_ALL=1, but ${reason}`);
  console.warn(`skipped: ${title}: ${reason}`);
  test.skip(`${title} (${reason})`);
}

/** The path of reference data that is not part of the repository. */
export const sharedPath = (path: string): string => fileURLToPath(new URL(`../../../shared/${path}`, import.meta.url));

/** Tests that need reference data: skipped with the reason where it is missing, failed where it is required. */
export function describeWithShared(path: string, name: string, tests: () => void): void {
  if (existsSync(sharedPath(path))) {
    describe(name, tests);
    return;
  }
  // The body is not even collected: it may read the data while it defines its tests.
  skipFor(`${sharedPath(path)} is not on this machine`, name);
}
