import { isReelflowError } from '../../errors/reelflow-error.js';
import { jsonAnswer } from '../answer.js';
import type { Service } from '../service.js';
import { liveSchema, readySchema, toWireReady, type WireReady } from '../wire/health.js';
import type { Route } from './route.js';

export const liveRoute = (): Route => ({
  method: 'GET',
  path: '/health/live',
  access: 'public',
  unlimited: true,
  doc: {
    operationId: 'healthLive',
    summary: 'The process answers',
    answers: { 200: { description: 'It does', schema: liveSchema } },
  },
  answer: () => jsonAnswer({ status: 'live' }),
});

export const readyRoute = ({ manager }: Service): Route => ({
  method: 'GET',
  path: '/health/ready',
  access: 'public',
  unlimited: true,
  doc: {
    operationId: 'healthReady',
    summary: 'Whether searches can be taken, and what is down, since when',
    answers: {
      200: { description: 'They can, maybe degraded', schema: readySchema },
      503: { description: 'They cannot', schema: readySchema },
    },
  },
  work: async () => {
    const ready = await manager.getStatus().then(toWireReady, closed);
    return jsonAnswer(ready, ready.status === 'not_ready' ? 503 : 200);
  },
});

function closed(thrown: unknown): WireReady {
  if (isReelflowError(thrown) && thrown.code === 'CLOSED') return { status: 'not_ready', down: [] };
  throw thrown;
}
