import * as z from 'zod';
import { answer, jsonAnswer } from '../answer.js';
import { numberOf, RunSource } from '../feed/event-source.js';
import { type Answered, IdempotentAnswers } from '../idempotent-answers.js';
import { badInput, RequestRefused, tooMany } from '../problem.js';
import { readJson } from '../read-input.js';
import { describeRun, eventsOfRun } from '../runs.js';
import { checkedSearch } from '../search-input.js';
import type { Service } from '../service.js';
import { searchSchema, type WireSearch } from '../wire/search.js';
import { acceptedSchema, type WireAccepted, workflowRunSchema } from '../wire/workflow-run.js';
import { searchRetryMs } from './auto-search.js';
import type { AppContext, Route } from './route.js';
import { searchOptions } from './search-options.js';
import { streamAnswer, streamDoc, streamHeaders } from './stream-answer.js';

const params = { id: z.string() };
const unknown = { 404: { description: 'There is no search with this id' } };

export function startRoute(service: Service): Route {
  const { options } = service;
  const answers = new IdempotentAnswers();
  return {
    method: 'POST',
    path: '/workflows',
    access: 'start',
    doc: {
      operationId: 'startWorkflow',
      summary: 'Starts a search and answers at once, with where its result will be',
      headers: {
        'Idempotency-Key': 'Of your choice, up to 255 characters: the same key gives the same answer for a day',
      },
      body: { schema: searchSchema, required: true },
      answers: {
        202: {
          description: 'It was accepted',
          schema: acceptedSchema,
          headers: { Location: 'Where its result will be' },
        },
        422: { description: 'The key was used with another body' },
      },
    },
    work: async (c) => {
      const body = await readJson(c.req.raw, options.maxBodyBytes);
      if (body === undefined) throw badInput('send a JSON body with movie_name');
      const search = checkedSearch(body, options.maxReviews);
      const { key } = c.var.caller;
      const { location, accepted } = await answers.answer(
        { caller: key, key: c.req.header('idempotency-key'), request: search },
        () => start(service, search, key),
      );
      return jsonAnswer(accepted, 202, { Location: location });
    },
  };
}

async function start({ manager, options, searches }: Service, search: WireSearch, caller: string): Promise<Answered> {
  const leave = searches.take(caller);
  if (leave === undefined) throw tooMany('too many of your searches are under way', searchRetryMs);
  try {
    const { workflowId, coalesced, result } = await manager.startUserSearch(
      search.movie_name,
      searchOptions(search, options),
    );
    void result.catch(() => undefined).then(leave); // whoever wants it reads its record or its events
    const location = `${options.basePath}/workflows/${workflowId}`;
    const queued = manager.activeRuns.some((run) => run.workflowId === workflowId && run.status === 'queued');
    const accepted: WireAccepted = {
      workflow_id: workflowId,
      status: queued ? 'queued' : 'running',
      coalesced,
      links: { self: location, events: `${location}/events` },
    };
    return { location, accepted };
  } catch (thrown) {
    leave();
    throw thrown;
  }
}

/** What no id can be is asked of no database: PostgreSQL, for one, refuses a NUL. */
function idOf(c: AppContext): string {
  const id = c.req.param('id') ?? '';
  if (id.length > 200 || /\p{Cc}/u.test(id))
    throw new RequestRefused(404, 'NOT_FOUND', 'there is no search with this id');
  return id;
}

export const workflowRoute = (service: Service): Route => ({
  method: 'GET',
  path: '/workflows/:id',
  access: 'read',
  doc: {
    operationId: 'workflow',
    summary: 'A search as it stands, and its result when it has ended',
    params,
    answers: { 200: { description: 'The search', schema: workflowRunSchema }, ...unknown },
  },
  work: async (c) => jsonAnswer(await describeRun(service, idOf(c))),
});

export const workflowEventsRoute = (service: Service): Route => ({
  method: 'GET',
  path: '/workflows/:id/events',
  access: 'read',
  doc: {
    operationId: 'workflowEvents',
    summary: 'What happens in a search, from its beginning to its end',
    params,
    headers: streamHeaders,
    answers: { 200: streamDoc, 204: { description: 'The search has ended, and its last event was told' }, ...unknown },
  },
  work: async (c) => {
    const events = await eventsOfRun(service, idOf(c));
    const { log, numbering } = events;
    const after = numberOf(c.req.header('last-event-id'), numbering) ?? 0;
    if (log.ended && log.last !== undefined && after >= log.newest) return answer(null, 204, {});
    return streamAnswer(c, new RunSource(events, after), service);
  },
});
