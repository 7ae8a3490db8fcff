import { answer } from '../answer.js';
import type { Service } from '../service.js';
import type { Route } from './route.js';

export const metricsRoute = ({ metrics }: Service): Route => ({
  method: 'GET',
  path: '/metrics',
  access: 'read',
  doc: {
    operationId: 'metrics',
    summary: 'The statistics as Prometheus reads them',
    answers: {
      200: {
        description: 'In the text format, version 0.0.4',
        contentType: 'text/plain; version=0.0.4; charset=utf-8',
      },
    },
  },
  work: async () => {
    const { text, contentType } = await metrics.render();
    return answer(text, 200, { 'Content-Type': contentType });
  },
});
