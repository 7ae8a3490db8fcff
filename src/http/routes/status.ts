import { jsonAnswer } from '../answer.js';
import type { Service } from '../service.js';
import { statusSchema, toWireStatus, type WireStatus } from '../wire/status.js';
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

/** @throws CLOSED */
const readStatus = async ({ manager, version }: Pick<Service, 'manager' | 'version'>): Promise<WireStatus> => {
  const status = await manager.getStatus();
  const runs = manager.activeRuns.map((run) => ({
    workflow_id: run.workflowId,
    movie_name: run.movieName,
    status: run.status,
    step: null,
    started_at: run.startedAt,
  }));
  return toWireStatus(status, runs, version);
};
