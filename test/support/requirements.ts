import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, test } from 'vitest';

const required = process.env.REELFLOW_REQUIRE_ALL === '1';

/** The path of reference data that is not part of the repository. */
export const sharedPath = (path: string): string => fileURLToPath(new URL(`../../../shared/${path}`, import.meta.url));

/** Tests that need reference data: skipped with the reason where it is missing, failed where it is required. */
export function describeWithShared(path: string, name: string, tests: () => void): void {
  if (existsSync(sharedPath(path))) {
    describe(name, tests);
    return;
  }
  if (required) throw new Error(`REELFLOW_REQUIRE_ALL=1, but ${sharedPath(path)} is missing`);
  console.warn(`skipped: ${name}: ${sharedPath(path)} is not on this machine`);
  // The body is not even collected: it may read the data while it defines its tests.
  test.skip(`${name} (${path} is not on this machine)`);
}
