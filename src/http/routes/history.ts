import { jsonAnswer } from '../answer.js';
import type { Service } from '../service.js';
import { historySchema, toWireSample } from '../wire/history.js';
import type { Route } from './route.js';

export const historyRoute = ({ recorder }: Service): Route => ({
  method: 'GET',
  path: '/automation-stats/history',
  access: 'read',
  doc: {
    operationId: 'automationStatsHistory',
    summary: 'The statistics of the recent past, oldest first',
    answers: { 200: { description: 'Samples, one each ten seconds for an hour by default', schema: historySchema } },
  },
  answer: () => jsonAnswer({ samples: recorder.samples().map(toWireSample) }),
});
