export {
  MemoryMovieClient,
  MemoryRepository,
  MemoryResponseCache,
  type MemoryResponseCacheOptions,
  MemoryReviewClient,
  MemorySpool,
  type RejectedEntry,
} from './adapters/memory/index.js';
export { type AggregateOptions, aggregateSentiment, type PostScore } from './analysis/aggregate-sentiment.js';
export { MovieSentimentAnalyzer, type MovieSentimentOptions } from './analysis/movie-sentiment-analyzer.js';
export type {
  SentimentExplanation,
  SentimentPart,
  SentimentRule,
  SkipReason,
} from './analysis/sentiment-explanation.js';
export { AutomatedCoordinator } from './coordinator/automated-coordinator.js';
export type { ApiCallOptions, CallOptions } from './coordinator/call-options.js';
export type { CallRecord } from './coordinator/call-record.js';
export type { CallResult, OperationResult } from './coordinator/call-result.js';
export type { CoordinatorEvent, CoordinatorListener } from './coordinator/coordinator-event.js';
export type { CoordinatorOptions } from './coordinator/coordinator-options.js';
export type {
  ApiStatistics,
  AttemptDurations,
  CallStatistics,
  CoordinatorStatistics,
  LatencySummary,
  TargetStatistics,
} from './coordinator/coordinator-statistics.js';
export type { DurationBuckets } from './coordinator/duration-buckets.js';
export type { Quota } from './coordinator/quota.js';
export type { SentimentAnalysis, SentimentDistribution, SentimentLabel, SentimentScore } from './domain/analysis.js';
export type { Movie, MovieCandidate, MovieDetails } from './domain/movie.js';
export type { Recommendation, RecommendationReason } from './domain/recommendation.js';
export type { QuarantinedRecord, RecordKind, RejectedRecord } from './domain/records.js';
export type { Review } from './domain/review.js';
export type {
  DataAge,
  DataOrigin,
  DataSources,
  MovieSummary,
  Priority,
  SearchOptions,
  StepName,
  StepReport,
  StepStatus,
  WorkflowCost,
  WorkflowResult,
  WorkflowRun,
  WorkflowStatus,
} from './domain/workflow-run.js';
export type { ErrorCode } from './errors/error-code.js';
export { errorCodes } from './errors/error-code.js';
export type { ReelflowErrorOptions } from './errors/reelflow-error.js';
export { isReelflowError, ReelflowError } from './errors/reelflow-error.js';
export type { SerializedError } from './errors/serialized-error.js';
export {
  type AlertCallback,
  AlertMonitor,
  type AlertMonitorOptions,
  type AlertNotice,
  type AlertRule,
  type AlertSink,
  type BudgetLowRule,
  type CircuitOpenRule,
  type DegradedShareRule,
  type NotReadyRule,
  type PartDownRule,
  type QuotaLowRule,
  type RateSubject,
  type RuleOptions,
  type SinkStatistics,
  type SpoolNotEmptyRule,
  type SuccessRateRule,
  tryAlertRules,
  verifyWebhook,
  type WebhookRequest,
  WebhookSink,
  type WebhookSinkOptions,
} from './monitor/alerts/index.js';
export {
  type RecordedManager,
  StatisticsRecorder,
  type StatisticsRecorderOptions,
  type StatisticsSample,
} from './monitor/statistics-recorder.js';
export type { ApiClient } from './ports/api-client.js';
export type { ApiPolicy, BreakerPolicy, Jitter, RateLimit, RetryPolicy } from './ports/api-policy.js';
export type { CallContext, FreshnessSeen, QuotaSeen, Spend } from './ports/call-context.js';
export type {
  CallScope,
  Instrumentation,
  InstrumentedCall,
  InstrumentedRun,
  InstrumentedScope,
  InstrumentedSearch,
  InstrumentedStep,
  SearchScope,
} from './ports/instrumentation.js';
export type { Logger } from './ports/logger.js';
export type { MovieApiClient, MovieQuery } from './ports/movie-api-client.js';
export type { RateLimiter, RateLimitPlace } from './ports/rate-limiter.js';
export type { Recommender, RecommendOptions } from './ports/recommender.js';
export type {
  ApplyOptions,
  CatalogueOptions,
  ClaimedRun,
  Counts,
  MovieLookup,
  QuarantineQuery,
  Repository,
  Retention,
  ReviewCollection,
  RunLease,
  RunQuery,
  StepCheckpoint,
  StoredMovie,
  StoredReview,
  SweepOptions,
  SweepReport,
  WriteBatch,
  WriteReport,
} from './ports/repository.js';
export type { CacheCallOptions, CachedResponse, CacheSetOptions, ResponseCache } from './ports/response-cache.js';
export type { ReviewApiClient, ReviewPage, ReviewQuery } from './ports/review-api-client.js';
export type { SentimentAnalyzer } from './ports/sentiment-analyzer.js';
export type { Spool, SpoolEntry, SpooledEntry, SpoolPlace } from './ports/spool.js';
export type { Like } from './recommend/liked-together.js';
export { MovieRecommender } from './recommend/movie-recommender.js';
export type { ExplanationFacts, MovieRecommenderOptions, RecommenderWeights } from './recommend/recommender-options.js';
export type { SpendLimits, SpentSoFar } from './resilience/spend-budget.js';
export type { TriggerContext } from './trigger/callback-run.js';
export type { TriggerOutcome, TriggerRecord, TriggerSummary } from './trigger/trigger-outcome.js';
export type { WorkflowEvents } from './trigger/workflow-events.js';
export type { Delivery, RegisterOptions, TriggerCallback, TriggerOptions } from './trigger/workflow-trigger.js';
export { WorkflowTrigger } from './trigger/workflow-trigger.js';
export { AutomatedWorkflowManager } from './workflow/automated-workflow-manager.js';
export type { AutomationStatistics } from './workflow/automation-statistics.js';
export type { CacheStatistics } from './workflow/cache/cache-counters.js';
export type { MovieCacheTimes } from './workflow/cache/movie-cache-times.js';
export type { DataCollection } from './workflow/data-collection.js';
export type { DatabaseInput, DatabaseReport } from './workflow/database-operations.js';
export type { SpoolDirectory } from './workflow/default-adapters.js';
export type { Freshness, ManagerOptions, RetentionOptions } from './workflow/manager-options.js';
export type { ManagerStatus, PartDown } from './workflow/manager-status.js';
export type { QuarantineRetry } from './workflow/quarantine.js';
export type { SweepTotals } from './workflow/retention-sweeper.js';
export type { ActiveRun } from './workflow/run-starter.js';
export type { SearchHandle } from './workflow/search-handle.js';
export type { SearchWorkflow } from './workflow/search-workflow.js';
export type { StorageStatistics } from './workflow/storage/storage-statistics.js';
export type { StoredFilm, StoredFilmOptions } from './workflow/stored-film.js';
export type {
  StoredFilmChoice,
  StoredRecommendationOptions,
  StoredRecommendations,
} from './workflow/stored-recommendations.js';
export type { WorkflowPerformance } from './workflow/workflow-counters.js';
