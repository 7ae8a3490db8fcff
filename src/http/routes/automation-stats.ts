import { writtenAnswer } from '../answer.js';
import { isFromSocket } from '../guard/connection.js';
import { OnceATurn } from '../once-a-turn.js';
import type { Service } from '../service.js';
import { automationStatsSchema, toWireAutomationStats } from '../wire/automation-stats.js';
import type { Route } from './route.js';

export function automationStatsRoute({ manager, triggers }: Service): Route {
  const write = () => JSON.stringify(toWireAutomationStats(manager.getAutomationStatistics(), triggers));
  const shared = new OnceATurn(write);
  return {
    method: 'GET',
    path: '/automation-stats',
    access: 'read',
    doc: {
      operationId: 'automationStats',
      summary: 'What happened since the start: calls, operations, triggers, searches, cache, storage',
      answers: { 200: { description: 'The statistics as they are now', schema: automationStatsSchema } },
    },
    // A request over a socket was read in this turn of the event loop. One that is made in the process may follow,
    // in the same turn, what it must see.
    answer: ({ env }) => writtenAnswer(isFromSocket(env) ? shared.get() : write()),
  };
}
