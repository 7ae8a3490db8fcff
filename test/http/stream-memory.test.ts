import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, onTestFinished, test } from 'vitest';
import { serve } from '../../src/http/index.js';
import { base, serviced } from './setup.js';

setFlagsFromString('--expose-gc');
const gc: () => void = runInNewContext('gc');

async function heapAfterCollection(): Promise<number> {
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    gc();
  }
  return process.memoryUsage().heapUsed;
}

test('a stream keeps nothing of what it has sent, however long it is open', async () => {
  const { app, manager } = serviced({ auth: 'none' });
  const server = await serve(app, { port: 0, graceMs: 0 });
  onTestFinished(() => server.close());
  const { body } = await fetch(`${server.url}${base}/events`);
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();

  let heard = 0;
  const send = async (events: number) => {
    const wanted = heard + events;
    for (let sent = 0; sent < events; sent += 100) {
      for (let one = 0; one < 100; one += 1) await manager.trigger.triggerEvent('circuit_closed', { api: 'x' });
      while (heard < wanted - events + sent + 100) {
        const { value = '' } = (await reader?.read()) ?? {};
        heard += value.split('event: circuit_closed').length - 1;
      }
    }
  };
  await send(10_000); // histories are full
  const before = await heapAfterCollection();
  await send(20_000);
  const grownBytes = (await heapAfterCollection()) - before;
  // @hono/node-server 1 kept some 150 bytes of each message: 3 MB.
  expect(grownBytes).toBeLessThan(1_000_000);
});
