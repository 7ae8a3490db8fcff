import { EverythingSource } from '../feed/everything-source.js';
import type { Service } from '../service.js';
import type { Route } from './route.js';
import { streamAnswer, streamDoc, streamHeaders } from './stream-answer.js';

export const eventsRoute = (service: Service): Route => ({
  method: 'GET',
  path: '/events',
  access: 'read',
  doc: {
    operationId: 'events',
    summary: 'Everything that happens, and the statistics as they change',
    headers: streamHeaders,
    answers: { 200: streamDoc },
  },
  answer: (c) => {
    const { feed, ticker, boot } = service;
    return streamAnswer(c, new EverythingSource(feed.all, ticker, boot, c.req.header('last-event-id')), service);
  },
});
