import type * as z from 'zod';
import { accessSchema } from '../wire/access.js';
import { analysisSchema } from '../wire/analysis.js';
import { automationStatsSchema, coordinatorStatsSchema, performanceSchema } from '../wire/automation-stats.js';
import { apiStatisticsSchema, operationStatisticsSchema } from '../wire/call-statistics.js';
import { candidateSchema } from '../wire/candidate.js';
import { eventSchemas, statsEventSchema } from '../wire/event.js';
import { liveSchema, readySchema } from '../wire/health.js';
import { historySchema, sampleSchema } from '../wire/history.js';
import { movieAnswerSchema, storedMovieSchema } from '../wire/movie.js';
import { openApiSchema } from '../wire/open-api.js';
import { problemSchema } from '../wire/problem.js';
import { quarantineAnswerSchema, quarantinedSchema, quarantineRetrySchema } from '../wire/quarantine.js';
import { quickAnswerSchema, quickRequestSchema } from '../wire/quick-recommend.js';
import { recentTriggerSchema } from '../wire/recent-trigger.js';
import { recommendationSchema } from '../wire/recommendation.js';
import { reviewSchema } from '../wire/review.js';
import { autoSearchAnswerSchema, partialSearchSchema, searchSchema } from '../wire/search.js';
import { serializedErrorSchema } from '../wire/serialized-error.js';
import { activeRunSchema, statusSchema } from '../wire/status.js';
import { stepReportSchema } from '../wire/step-report.js';
import { movieSummarySchema, workflowResultSchema } from '../wire/workflow-result.js';
import { acceptedSchema, workflowRunSchema } from '../wire/workflow-run.js';

/** The schemas by their names in the document; every answer and body has one. */
export const namedSchemas = (): Record<string, z.ZodType> => ({
  Access: accessSchema,
  Status: statusSchema,
  ActiveRun: activeRunSchema,
  Analysis: analysisSchema,
  ApiStatistics: apiStatisticsSchema,
  AutomationStats: automationStatsSchema,
  AutoSearchAnswer: autoSearchAnswerSchema,
  Candidate: candidateSchema,
  CoordinatorStats: coordinatorStatsSchema,
  History: historySchema,
  Live: liveSchema,
  MovieAnswer: movieAnswerSchema,
  MovieSummary: movieSummarySchema,
  OpenApi: openApiSchema,
  OperationStatistics: operationStatisticsSchema,
  PartialSearch: partialSearchSchema,
  Performance: performanceSchema,
  Problem: problemSchema,
  Quarantine: quarantineAnswerSchema,
  QuarantinedRecord: quarantinedSchema,
  QuarantineRetry: quarantineRetrySchema,
  QuickRecommendAnswer: quickAnswerSchema,
  QuickRecommendRequest: quickRequestSchema,
  Ready: readySchema,
  RecentTrigger: recentTriggerSchema,
  Recommendation: recommendationSchema,
  Review: reviewSchema,
  Sample: sampleSchema,
  Search: searchSchema,
  SerializedError: serializedErrorSchema,
  StartedWorkflow: acceptedSchema,
  StepReport: stepReportSchema,
  StoredMovie: storedMovieSchema,
  Workflow: workflowRunSchema,
  WorkflowResult: workflowResultSchema,
  Event_stats: statsEventSchema,
  ...Object.fromEntries(Object.entries(eventSchemas).map(([event, schema]) => [`Event_${event}`, schema])),
});
