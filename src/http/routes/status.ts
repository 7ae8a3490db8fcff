import { jsonAnswer } from '../answer.js';
import type { Service } from '../service.js';
import { readStatus } from '../status-reader.js';
import { statusSchema } from '../wire/status.js';
import type { Route } from './route.js';

export const statusRoute = (service: Service): Route => ({
  method: 'GET',
  path: '/status',
  access: 'read',
  doc: {
    operationId: 'status',
    summary: 'What works now and what does not, since when, and the searches under way',
    answers: { 200: { description: 'The status', schema: statusSchema } },
  },
  work: async () => jsonAnswer(await readStatus(service)),
});
