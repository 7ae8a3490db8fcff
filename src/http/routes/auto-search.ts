import { jsonAnswer } from '../answer.js';
import { problemAnswer, tooMany } from '../problem.js';
import { readSearch } from '../search-input.js';
import type { Service } from '../service.js';
import { toWireAutomationStats } from '../wire/automation-stats.js';
import { autoSearchAnswerSchema, partialSearchSchema } from '../wire/search.js';
import { toWireWorkflowResult } from '../wire/workflow-result.js';
import type { Route } from './route.js';
import { searchOptions } from './search-options.js';

/** A caller whose searches are all under way asks again after this. */
export const searchRetryMs = 5000;

export const autoSearchRoute = ({ manager, options, searches }: Service): Route => ({
  method: 'POST',
  path: '/auto-search',
  access: 'start',
  doc: {
    operationId: 'autoSearch',
    summary: 'Searches a film, waits for the result and answers with it',
    query: partialSearchSchema,
    body: { schema: partialSearchSchema, required: false },
    answers: {
      200: { description: 'What the search found', schema: autoSearchAnswerSchema },
      404: { description: 'No such film was found; workflow_result says what was tried' },
    },
  },
  work: async (c, signal) => {
    const search = await readSearch(c.req.raw, options);
    const leave = searches.take(c.var.caller.key);
    if (leave === undefined) throw tooMany('too many of your searches are under way', searchRetryMs);
    try {
      const result = await manager.handleUserSearch(search.movie_name, searchOptions(search, options, signal));
      const workflowResult = toWireWorkflowResult(result);
      const notFound = result.errors.find(({ code }) => code === 'MOVIE_NOT_FOUND');
      if (!result.success && notFound !== undefined)
        return problemAnswer({
          status: 404,
          code: 'MOVIE_NOT_FOUND',
          detail: notFound.message,
          workflow_result: workflowResult,
        });
      return jsonAnswer({
        success: result.success,
        workflow_result: workflowResult,
        automation_stats: toWireAutomationStats(manager.getAutomationStatistics()),
      });
    } finally {
      leave();
    }
  },
});
