import * as z from 'zod';
import { jsonAnswer } from '../answer.js';
import { checked, readQuery, wholeText } from '../read-input.js';
import type { Service } from '../service.js';
import { quarantineAnswerSchema, quarantineRetrySchema, toWireQuarantined, toWireRetry } from '../wire/quarantine.js';
import type { Route } from './route.js';

const recordId = z.string().regex(/^\d{1,15}$/, 'must be the id of a record in quarantine');
const query = z.object({ limit: wholeText(z.int().min(1).max(500)).default(100), after: recordId.optional() });
const params = { id: recordId };
const path = z.object(params);

export const quarantineRoute = ({ manager, options }: Service): Route => ({
  method: 'GET',
  path: '/quarantine',
  access: 'read',
  doc: {
    operationId: 'quarantine',
    summary: 'Records that were set aside, oldest first',
    query,
    answers: { 200: { description: 'The records', schema: quarantineAnswerSchema } },
  },
  work: async (c) => {
    const { limit, after } = checked(query, readQuery(c.req.url));
    const records = await manager.listQuarantine({ limit: limit + 1, ...(after === undefined ? {} : { after }) });
    const told = records.slice(0, limit);
    const next = records.length > limit ? (told.at(-1)?.id ?? null) : null;
    return jsonAnswer({ records: told.map((record) => toWireQuarantined(record, options.postTexts)), next });
  },
});

export const quarantineRetryRoute = ({ manager }: Service): Route => ({
  method: 'POST',
  path: '/quarantine/:id/retry',
  access: 'start',
  doc: {
    operationId: 'retryQuarantined',
    summary: 'Checks a record that was set aside once more, and stores it when it is right',
    params,
    answers: { 200: { description: 'Whether it was stored, or why not', schema: quarantineRetrySchema } },
  },
  work: async (c) => {
    const { id } = checked(path, { id: c.req.param('id') });
    return jsonAnswer(toWireRetry(await manager.retryQuarantined(id)));
  },
});
