/** OpenTelemetry's own names, of its stable semantic conventions. */
export const semconv = {
  errorType: 'error.type',
  serverAddress: 'server.address',
  serverPort: 'server.port',
  httpStatus: 'http.response.status_code',
  httpResends: 'http.request.resend_count',
  dbSystem: 'db.system.name',
  dbOperation: 'db.operation.name',
} as const;

/** Ours, for what the conventions have no name for. */
export const own = {
  workflowId: 'reelflow.workflow.id',
  movieName: 'reelflow.movie.name',
  maxReviews: 'reelflow.search.max_reviews',
  collectNewData: 'reelflow.search.collect_new_data',
  priority: 'reelflow.search.priority',
  coalesced: 'reelflow.search.coalesced',
  outcome: 'reelflow.outcome',
  resumed: 'reelflow.run.resumed',
  costUsd: 'reelflow.run.cost_usd',
  degraded: 'reelflow.degraded',
  step: 'reelflow.step.name',
  stepStatus: 'reelflow.step.status',
  attempts: 'reelflow.attempts',
  attempt: 'reelflow.attempt',
  api: 'reelflow.api.name',
  waitMs: 'reelflow.wait_ms',
  delayMs: 'reelflow.delay_ms',
  reason: 'reelflow.reason',
  circuit: 'reelflow.circuit.state',
  period: 'reelflow.period',
  cacheResult: 'reelflow.cache.result',
} as const;
