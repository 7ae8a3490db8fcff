/** Steps of DBOS, in a database of its own on the same PostgreSQL. There is one DBOS in a process; it logs nothing. */
import { DBOS } from '@dbos-inc/dbos-sdk';
import type { Client } from 'pg';

const database = 'bench_dbos';
const silent = { info: () => {}, debug: () => {}, warn: () => {}, error: () => {} };

export interface DbosSteps {
  /** Runs one workflow of so many steps; each gives back what `outcomeOf` says, which is what is recorded of it. */
  readonly run: (times: number) => Promise<number>;
  /** Shuts it down and drops its database. */
  close(): Promise<void>;
}

/** @param client to the PostgreSQL that it is to use, as a user who may create databases */
export async function openDbos(
  client: Client,
  outcomeOf: (index: number) => { readonly name: string },
): Promise<DbosSteps> {
  const drop = () => client.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
  await drop();
  const workflow = DBOS.registerWorkflow(
    async (times: number) => {
      for (let index = 0; index < times; index += 1) {
        const outcome = outcomeOf(index);
        await DBOS.runStep(async () => outcome, { name: outcome.name });
      }
      return times;
    },
    { name: 'steps' },
  );
  DBOS.setConfig({
    name: database,
    systemDatabaseUrl: `postgresql://${client.user}@${client.host}:${client.port}/${database}`,
    logger: silent,
    systemDatabaseIdleTransactionTimeoutMs: 0, // or pg warns of a query that DBOS puts on each new connection
  });
  await DBOS.launch();
  return {
    run: (times) => workflow(times), // as a method it would look for an instance of its own
    close: async () => {
      await DBOS.shutdown();
      await drop();
    },
  };
}
