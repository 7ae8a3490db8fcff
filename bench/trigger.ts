/**
 * An event with 10 async callbacks whose outcomes are all waited for and told, beside eventemitter3 with
 * Promise.allSettled by hand, and emittery. `node bench/trigger.ts [--quick]` after `npm run build`.
 */

import Emittery from 'emittery';
import { EventEmitter } from 'eventemitter3';
import { WorkflowTrigger } from 'reelflow';
import { type Contender, compare } from './harness/compare.ts';
import { report, show } from './harness/report.ts';

const callbacks = 10;
let heard = 0;
const hear = Array.from({ length: callbacks }, () => async (): Promise<void> => {
  heard += 1;
});

const emitter = new EventEmitter<{ circuit_closed: [{ readonly api: string }] }>();
const emittery = new Emittery<{ circuit_closed: { readonly api: string } }>();
const trigger = new WorkflowTrigger();
for (const [index, callback] of hear.entries()) {
  emitter.on('circuit_closed', callback);
  emittery.on('circuit_closed', callback);
  trigger.registerTrigger('circuit_closed', callback, { name: `callback ${index}` });
}

const series = (name: string, fire: (api: string) => Promise<number>): Contender => ({
  name,
  run: async (count) => {
    heard = 0;
    let succeeded = 0;
    for (let id = 0; id < count; id += 1) succeeded += await fire(`api ${id % 10}`);
    return { heard, succeeded };
  },
});

const measured = await compare(
  [
    series('eventemitter3 and allSettled', async (api) => {
      const settled = await Promise.allSettled(
        emitter.listeners('circuit_closed').map((listener) => listener({ api })),
      );
      return settled.filter(({ status }) => status === 'fulfilled').length;
    }),
    series('reelflow', async (api) => {
      const outcomes = await trigger.triggerEvent('circuit_closed', { api });
      return outcomes.filter(({ success }) => success).length;
    }),
    series('emittery', async (api) => {
      await emittery.emit('circuit_closed', { api });
      return callbacks; // it rejects when one fails, and tells nothing of the others
    }),
  ],
  { times: 20_000 },
);
show(measured);
const ours = measured[1]?.ofFirst ?? Number.NaN;
report({
  work: 'triggering an event with 10 async callbacks',
  beside: 'eventemitter3 and Promise.allSettled by hand',
  found: `${ours.toFixed(2)} of its time`,
  wanted: 'at most 1.50',
  ofWanted: ours / 1.5,
});
