import * as z from 'zod';
import { automationStatsSchema } from './automation-stats.js';
import { workflowResultSchema } from './workflow-result.js';

/** What a search asks for: the names are those of the query and of the JSON body. */
export const searchSchema = z.strictObject({
  movie_name: z.string(),
  max_reviews: z.int().min(0).max(1000).optional(),
  collect_new_data: z.boolean().optional(),
});

/** A part of it: the query or the body, of which each may leave fields to the other. */
export const partialSearchSchema = searchSchema.partial();

export type WireSearch = z.infer<typeof searchSchema>;

export const autoSearchAnswerSchema = z.strictObject({
  success: z.boolean(),
  workflow_result: workflowResultSchema,
  automation_stats: automationStatsSchema,
});
