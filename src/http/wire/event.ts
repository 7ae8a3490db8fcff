import * as z from 'zod';
import { stepNames } from '../../domain/workflow-run.js';
import type { WorkflowEvents } from '../../trigger/workflow-events.js';
import { analysisSchema, toWireAnalysis } from './analysis.js';
import { automationStatsSchema } from './automation-stats.js';
import { serializedErrorSchema, toWireError } from './serialized-error.js';
import { statusSchema } from './status.js';
import { stepReportSchema, toWireStepReport } from './step-report.js';
import { toWireWorkflowResult, workflowResultSchema } from './workflow-result.js';

const count = z.int().min(0);
const at = z.iso.datetime();
const ofRun = { workflow_id: z.string() };
const ofRunMaybe = { workflow_id: z.string().optional() };
const step = z.enum(stepNames);
const counts = z.strictObject({ inserted: count, updated: count, unchanged: count });
const target = { api: z.string().optional(), operation: z.string().optional() };
const origin = z.enum(['live', 'cache', 'stored', 'none']);
const ended = z.strictObject({ ...ofRun, movie_name: z.string(), workflow_result: workflowResultSchema, at });
const named = z.strictObject({ ...ofRun, movie_name: z.string(), at });
const circuit = z.strictObject({ ...target, at });
const diversion = z.strictObject({ reason: serializedErrorSchema.optional(), records: count, at });

/** The data of each event, as one line of JSON on the streams. */
export const eventSchemas = {
  user_search: z.strictObject({ movie_name: z.string(), at }),
  workflow_started: named,
  workflow_completed: ended,
  workflow_failed: ended,
  workflow_cancelled: named,
  step_started: z.strictObject({ ...ofRun, step, at }),
  step_finished: stepReportSchema.omit({ name: true }).extend({ ...ofRun, step, at }),
  data_collected: z.strictObject({
    ...ofRun,
    tmdb_id: z.int(),
    title: z.string(),
    reviews: count,
    sources: z.strictObject({ movie: origin, reviews: origin }),
    at,
  }),
  data_stored: z.strictObject({ ...ofRun, movies: counts, reviews: counts, rejected: count, at }),
  analysis_completed: z.strictObject({ ...ofRun, tmdb_id: z.int(), analysis: analysisSchema, at }),
  recommendation_generated: z.strictObject({ ...ofRunMaybe, movie_name: z.string(), recommendations: count, at }),
  record_rejected: z.strictObject({
    ...ofRunMaybe,
    kind: z.enum(['movie', 'review']),
    reason: serializedErrorSchema,
    field: z.string().nullable(),
    at,
  }),
  retry_scheduled: z.strictObject({
    ...ofRunMaybe,
    ...target,
    attempt: z.int(),
    delay_ms: z.number(),
    error: serializedErrorSchema,
    at,
  }),
  rate_limit_wait: z.strictObject({
    ...ofRunMaybe,
    api: z.string(),
    wait_ms: z.number(),
    reset_at_ms: z.number(),
    at,
  }),
  circuit_opened: circuit,
  circuit_closed: circuit,
  storage_diverted: diversion,
  storage_recovered: diversion,
  cache_failed: z.strictObject({
    operation: z.enum(['get', 'set', 'delete']),
    reason: serializedErrorSchema,
    at,
  }),
  budget_exhausted: z.strictObject({
    period: z.enum(['day', 'month']),
    spent_usd: z.number(),
    /** null: it is the limit of posts that is reached. */
    limit_usd: z.number().nullable(),
    at,
  }),
} satisfies Record<keyof WorkflowEvents, z.ZodType>;

/** On the stream of everything alone. */
export const statsEventSchema = automationStatsSchema.extend({ status: statusSchema });

export type WireEventName = keyof WorkflowEvents;

type Writers = {
  readonly [Name in WireEventName]: (data: WorkflowEvents[Name]) => Omit<z.infer<(typeof eventSchemas)[Name]>, 'at'>;
};

const maybe = <Name extends string>(name: Name, value: string | undefined): { [Key in Name]?: string } =>
  value === undefined ? {} : ({ [name]: value } as { [Key in Name]?: string });

const run = ({ workflowId, movieName }: { readonly workflowId: string; readonly movieName: string }) => ({
  workflow_id: workflowId,
  movie_name: movieName,
});
const of = ({ api, operation }: WorkflowEvents['circuit_opened']) => ({
  ...maybe('api', api),
  ...maybe('operation', operation),
});
const diverted = ({ reason, records }: WorkflowEvents['storage_diverted']) => ({
  ...(reason === undefined ? {} : { reason: toWireError(reason) }),
  records,
});

const writers: Writers = {
  user_search: ({ movieName }) => ({ movie_name: movieName }),
  workflow_started: run,
  workflow_completed: (data) => ({ ...run(data), workflow_result: toWireWorkflowResult(data.result) }),
  workflow_failed: (data) => ({ ...run(data), workflow_result: toWireWorkflowResult(data.result) }),
  workflow_cancelled: run,
  step_started: ({ workflowId, step }) => ({ workflow_id: workflowId, step }),
  step_finished: ({ workflowId, step, ...report }) => {
    const { name: _name, ...told } = toWireStepReport({ ...report, name: step });
    return { workflow_id: workflowId, step, ...told };
  },
  data_collected: ({ workflowId, movie, reviews, sources }) => ({
    workflow_id: workflowId,
    tmdb_id: movie.tmdbId,
    title: movie.title,
    reviews: reviews.length,
    sources: { movie: sources.movie, reviews: sources.reviews },
  }),
  data_stored: ({ workflowId, report: { movies, reviews, rejected } }) => ({
    workflow_id: workflowId,
    movies: { inserted: movies.inserted, updated: movies.updated, unchanged: movies.unchanged },
    reviews: { inserted: reviews.inserted, updated: reviews.updated, unchanged: reviews.unchanged },
    rejected: rejected.length,
  }),
  analysis_completed: ({ workflowId, movie, analysis }) => ({
    workflow_id: workflowId,
    tmdb_id: movie.tmdbId,
    analysis: toWireAnalysis(analysis),
  }),
  recommendation_generated: ({ workflowId, movieName, recommendations }) => ({
    ...maybe('workflow_id', workflowId),
    movie_name: movieName,
    recommendations: recommendations.length,
  }),
  record_rejected: ({ workflowId, kind, reason, field }) => ({
    ...maybe('workflow_id', workflowId),
    kind,
    reason: toWireError(reason),
    field,
  }),
  retry_scheduled: ({ workflowId, attempt, delayMs, error, ...target }) => ({
    ...maybe('workflow_id', workflowId),
    ...of(target),
    attempt,
    delay_ms: delayMs,
    error: toWireError(error),
  }),
  rate_limit_wait: ({ workflowId, api, waitMs, resetAtMs }) => ({
    ...maybe('workflow_id', workflowId),
    api,
    wait_ms: waitMs,
    reset_at_ms: resetAtMs,
  }),
  circuit_opened: of,
  circuit_closed: of,
  storage_diverted: diverted,
  storage_recovered: diverted,
  cache_failed: ({ operation, reason }) => ({ operation, reason: toWireError(reason) }),
  budget_exhausted: ({ period, spentUsd, limitUsd }) => ({
    period,
    spent_usd: spentUsd,
    limit_usd: Number.isFinite(limitUsd) ? limitUsd : null,
  }),
};

export const isWireEvent = (event: string): event is WireEventName => Object.hasOwn(writers, event);

export function toWireEvent<Name extends WireEventName>(event: Name, data: WorkflowEvents[Name]): object {
  return { ...writers[event](data), at: new Date().toISOString() };
}
