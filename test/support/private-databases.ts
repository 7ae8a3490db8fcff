import { afterAll, beforeAll, describe, expect } from 'vitest';
import { noMariaDb, startPrivateMariaDb } from './private-mariadb.js';
import { noPostgres, startPrivatePostgres } from './private-postgres.js';
import type { PrivateServer } from './private-server.js';
import { skipFor } from './requirements.js';

const kinds = [
  { name: 'PostgreSQL', missing: noPostgres, start: startPrivatePostgres },
  { name: 'MariaDB', missing: noMariaDb, start: startPrivateMariaDb },
] as const;

/**
 * Tests for a server of each kind that is theirs alone, to be stopped and started: skipped with the reason where its
 * programs are missing, failed where they are required.
 */
export function describeOnPrivateServers(name: string, tests: (server: () => PrivateServer) => void): void {
  for (const { name: kind, missing, start } of kinds) {
    const title = `${name}: ${kind}`;
    if (missing !== undefined) {
      skipFor(missing, title);
      continue;
    }
    describe(title, () => {
      let started: PrivateServer | undefined;
      beforeAll(async () => {
        started = await start();
      }, 60_000);
      afterAll(() => started?.remove());
      tests(() => started ?? expect.unreachable('the server is not started'));
    });
  }
}
