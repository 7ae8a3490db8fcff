import { jsonAnswer } from '../answer.js';
import { accessSchema } from '../wire/access.js';
import type { Route } from './route.js';

export const accessRoute = (): Route => ({
  method: 'GET',
  path: '/access',
  access: 'read',
  doc: {
    operationId: 'access',
    summary: 'What the token may do',
    answers: { 200: { description: 'Whether it may start searches', schema: accessSchema } },
  },
  answer: (c) => jsonAnswer({ can_start: c.var.caller.mayStart }),
});
