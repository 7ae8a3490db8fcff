import { jsonAnswer } from '../answer.js';
import type { Service } from '../service.js';
import { automationStatsSchema, toWireAutomationStats } from '../wire/automation-stats.js';
import type { Route } from './route.js';

export const automationStatsRoute = ({ manager, triggers }: Service): Route => ({
  method: 'GET',
  path: '/automation-stats',
  access: 'read',
  doc: {
    operationId: 'automationStats',
    summary: 'What happened since the start: calls, operations, triggers, searches, cache, storage',
    answers: { 200: { description: 'The statistics as they are now', schema: automationStatsSchema } },
  },
  answer: () => jsonAnswer(toWireAutomationStats(manager.getAutomationStatistics(), triggers)),
});
