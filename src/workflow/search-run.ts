import type { SentimentAnalysis } from '../domain/analysis.js';
import type { Movie, MovieCandidate } from '../domain/movie.js';
import type { Recommendation } from '../domain/recommendation.js';
import type { Review } from '../domain/review.js';
import type {
  DataAge,
  DataSources,
  MovieSummary,
  StepName,
  StepReport,
  WorkflowResult,
} from '../domain/workflow-run.js';
import { stepNames } from '../domain/workflow-run.js';
import { toReelflowError } from '../errors/classify-error.js';
import { type SerializedError, serializeError } from '../errors/serialized-error.js';
import { nowMs } from '../resilience/clock.js';
import { ageOfData, noAge } from './data-age.js';
import { ownResult } from './own-result.js';
import type { RunContext, StepOutcome } from './run-context.js';
import { analyse } from './steps/analyse.js';
import { collect } from './steps/collect.js';
import { type Identified, identify, ProviderFailed } from './steps/identify.js';
import { recommend } from './steps/recommend.js';
import { type Stored, store, toMovie } from './steps/store.js';
import { validate } from './steps/validate.js';

interface Found {
  readonly movie: MovieSummary;
  readonly analysis: SentimentAnalysis | null;
  readonly recommendations: readonly Recommendation[] | null;
  readonly sources: DataSources;
  readonly dataAge: DataAge;
}

/** What the last two steps work on. */
interface StoredData {
  readonly movie: Movie;
  /** Collected now; what was stored before is read from the store. */
  readonly reviews: readonly Review[];
  readonly related: readonly Movie[];
  readonly stored: Stored;
  readonly sources: DataSources;
  readonly dataAge: DataAge;
}

/** One search from its name to its result: decides the order of the steps and gathers what they say. */
export class SearchRun {
  readonly #context: RunContext;
  readonly #startedAt: string;
  readonly #errors: SerializedError[] = [];
  #degraded = false;
  #candidates: readonly MovieCandidate[] = [];

  constructor(context: RunContext, startedAt: string) {
    this.#context = context;
    this.#startedAt = startedAt;
  }

  /** Resolves with the result, whatever failed; rejects only with CANCELLED. */
  async execute(): Promise<WorkflowResult> {
    const { journal, publish, workflowId, request } = this.#context;
    if (request.collectNewData === true) await journal.begin(); // it will ask, whatever is stored
    publish('workflow_started', { workflowId, movieName: request.movieName });
    const found = await this.#steps();
    this.#noteUnrecorded(await journal.begun());
    const result = this.#result(found);
    await journal.end(result.success ? 'completed' : 'failed', result).then(this.#noteDiverted, this.#note);
    // What failed while the record was closed is in the result all the same.
    const told = { ...result, degraded: this.#degraded, errors: [...this.#errors] };
    publish(told.success ? 'workflow_completed' : 'workflow_failed', {
      workflowId,
      movieName: request.movieName,
      result: ownResult(told),
    });
    return told;
  }

  async #steps(): Promise<Found | null> {
    const context = this.#context;
    const identified = await this.#step('identify', () => identify(context, this.#noteCandidates));
    if (identified === undefined) return this.#skipRest();
    const data = this.#storedBefore(identified) ?? (await this.#collectAndStore(identified));
    if (data === null) return this.#skipRest();
    const { movie, reviews, related, stored } = data;
    const analysis =
      (await this.#step('analyse', (soFar) => analyse(context, identified, reviews, stored, soFar))) ?? null;
    const recommendations =
      (await this.#step('recommend', (soFar) => recommend(context, { identified, movie, related, stored }, soFar))) ??
      null;
    return {
      movie: this.#summary(identified, movie, stored.movieId, analysis),
      analysis,
      recommendations,
      sources: data.sources,
      dataAge: data.dataAge,
    };
  }

  async #collectAndStore(identified: Identified): Promise<StoredData | null> {
    const context = this.#context;
    const collected = await this.#step('collect', () => collect(context, identified));
    if (collected === undefined) return null;
    const sources = { movie: collected.movieOrigin, reviews: collected.reviewsOrigin };
    const validated = await this.#step('validate', () => validate(context, identified, collected));
    if (validated === undefined) return null;
    const movie = validated.details?.movie ?? toMovie(identified.stored ?? identified.film);
    context.publish('data_collected', {
      workflowId: context.workflowId,
      movie,
      reviews: [...validated.reviews],
      sources,
    });
    const stored = (await this.#step('store', (soFar) => store(context, identified, collected, validated, soFar))) ?? {
      movieId: identified.stored?.id ?? '',
      complete: false,
    };
    return {
      movie,
      reviews: validated.reviews,
      related: validated.details?.related ?? [],
      stored,
      sources,
      dataAge: ageOfData(identified.stored, sources, collected),
    };
  }

  /** What a run that a crash cut had stored already: its steps up to there are not done again. */
  #storedBefore({ stored }: Identified): StoredData | null {
    const { checkpoints, journal } = this.#context;
    const origins = checkpoints.origins();
    if (stored === null || origins === null || checkpoints.outcome('store') === null) return null;
    for (const name of ['collect', 'validate', 'store'] as const) {
      const report = checkpoints.outcome(name);
      if (report === null) continue;
      journal.adopt(report);
      this.#gather(report);
    }
    return {
      movie: toMovie(stored),
      reviews: [],
      related: [],
      stored: { movieId: stored.id, complete: true },
      sources: origins.sources,
      dataAge: ageOfData(stored, origins.sources, origins),
    };
  }

  #gather({ status, error }: StepReport): void {
    if (status === 'degraded') this.#degraded = true;
    if (error !== undefined) this.#errors.push(error);
  }

  /** Runs a step and reports it. @returns undefined when it failed */
  async #step<Value>(
    name: StepName,
    run: (soFar: () => StepReport) => Promise<StepOutcome<Value>>,
  ): Promise<Value | undefined> {
    const { publish, workflowId, calls, journal, signal, options } = this.#context;
    signal.throwIfAborted();
    const scope = options.instrumentation?.startStep({ workflowId, name });
    publish('step_started', { workflowId, step: name });
    const startedAtMs = nowMs();
    const before = calls.attempts;
    const reportOf = (status: StepReport['status'], error?: SerializedError): StepReport => ({
      name,
      status,
      attempts: status === 'skipped' ? 0 : Math.max(1, calls.attempts - before),
      durationMs: nowMs() - startedAtMs,
      ...(error === undefined ? {} : { error }),
    });
    const end = (report: StepReport) => {
      journal.add(report);
      publish('step_finished', { workflowId, step: name, ...report });
      scope?.succeed(report);
    };
    try {
      const work = () => run(() => reportOf('ok'));
      const { value, status, errors } = await (scope === undefined ? work() : scope.run(work));
      signal.throwIfAborted();
      if (status === 'degraded') this.#degraded = true;
      this.#errors.push(...errors);
      end(reportOf(status, errors[0]));
      return value;
    } catch (thrown) {
      if (signal.aborted) scope?.fail(toReelflowError(signal.reason, 'api'));
      signal.throwIfAborted();
      const error =
        thrown instanceof ProviderFailed
          ? serializeError(thrown.error, { step: name, api: options.movies.name })
          : serializeError(toReelflowError(thrown, 'api'), { step: name });
      this.#degraded = true;
      this.#errors.push(error);
      end(reportOf('failed', error));
      return undefined;
    }
  }

  #skipRest(): null {
    const { journal } = this.#context;
    const done = new Set(journal.steps.map(({ name }) => name));
    for (const name of stepNames) {
      if (!done.has(name)) journal.add({ name, status: 'skipped', attempts: 0, durationMs: 0 });
    }
    return null;
  }

  /** A record that could not be written, or was put aside, leaves the search as it is, and is said. */
  readonly #note = (thrown: unknown): void => {
    this.#context.signal.throwIfAborted();
    this.#noteDiverted(serializeError(toReelflowError(thrown, 'database')));
  };

  readonly #noteCandidates = (candidates: readonly MovieCandidate[]): void => {
    this.#candidates = candidates;
  };

  /** What kept the record from being made came first. */
  #noteUnrecorded(reason: SerializedError | null): void {
    if (reason === null) return;
    this.#degraded = true;
    this.#errors.unshift(reason);
  }

  readonly #noteDiverted = (reason: SerializedError | null): void => {
    if (reason === null) return;
    this.#degraded = true;
    this.#errors.push(reason);
  };

  #summary(
    { confidence }: Identified,
    movie: ReturnType<typeof toMovie>,
    id: string,
    analysis: SentimentAnalysis | null,
  ): MovieSummary {
    const { tmdbId, title, releaseDate, genres, rating, posterPath } = movie;
    const posterUrl = posterPath === null ? null : `${this.#context.options.posterBaseUrl}${posterPath}`;
    const reviewsAnalyzed = analysis?.reviewsAnalyzed ?? 0;
    return {
      id,
      tmdbId,
      name: title,
      releaseDate,
      genres,
      rating,
      posterUrl,
      reviewsAnalyzed,
      matchConfidence: confidence,
    };
  }

  #result(found: Found | null): WorkflowResult {
    const { workflowId, calls, journal } = this.#context;
    return {
      success: found !== null && found.recommendations !== null,
      workflowId,
      movie: found?.movie ?? null,
      ...(this.#candidates.length === 0 ? {} : { candidates: this.#candidates }),
      analysis: found?.analysis ?? null,
      recommendations: found?.recommendations ?? [],
      degraded: this.#degraded,
      sources: found?.sources ?? { movie: 'none', reviews: 'none' },
      dataAge: found?.dataAge ?? noAge,
      steps: [...journal.steps],
      errors: [...this.#errors],
      cost: calls.cost(),
      coalesced: false,
      startedAt: this.#startedAt,
      finishedAt: new Date().toISOString(),
      durationMs: calls.elapsedMs,
    };
  }
}
