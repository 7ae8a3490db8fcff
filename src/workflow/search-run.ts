import type { SentimentAnalysis } from '../domain/analysis.js';
import type { Recommendation } from '../domain/recommendation.js';
import type { DataSources, MovieSummary, StepName, StepReport, WorkflowResult } from '../domain/workflow-run.js';
import { stepNames } from '../domain/workflow-run.js';
import { toReelflowError } from '../errors/classify-error.js';
import { type SerializedError, serializeError } from '../errors/serialized-error.js';
import { nowMs } from '../resilience/clock.js';
import type { RunContext, StepOutcome } from './run-context.js';
import { analyse } from './steps/analyse.js';
import { collect } from './steps/collect.js';
import { type Identified, identify } from './steps/identify.js';
import { recommend } from './steps/recommend.js';
import { store, toMovie } from './steps/store.js';
import { validate } from './steps/validate.js';

interface Found {
  readonly movie: MovieSummary;
  readonly analysis: SentimentAnalysis | null;
  readonly recommendations: readonly Recommendation[] | null;
  readonly sources: DataSources;
}

/** One search from its name to its result: decides the order of the steps and gathers what they say. */
export class SearchRun {
  readonly #context: RunContext;
  readonly #startedAt: string;
  readonly #errors: SerializedError[] = [];
  #degraded = false;

  constructor(context: RunContext, startedAt: string) {
    this.#context = context;
    this.#startedAt = startedAt;
  }

  /** Resolves with the result, whatever failed; rejects only with CANCELLED. */
  async execute(): Promise<WorkflowResult> {
    const { journal, publish, workflowId, request } = this.#context;
    await journal.begin().catch((thrown: unknown) => this.#note(thrown));
    publish('workflow_started', { workflowId, movieName: request.movieName });
    const result = this.#result(await this.#steps());
    await journal.end(result.success ? 'completed' : 'failed', result).catch((thrown: unknown) => this.#note(thrown));
    // What failed while the record was closed is in the result all the same.
    const told = { ...result, degraded: this.#degraded, errors: [...this.#errors] };
    publish(told.success ? 'workflow_completed' : 'workflow_failed', {
      workflowId,
      movieName: request.movieName,
      result: told,
    });
    return told;
  }

  async #steps(): Promise<Found | null> {
    const context = this.#context;
    const identified = await this.#step('identify', () => identify(context));
    if (identified === undefined) return this.#skipRest();
    const collected = await this.#step('collect', () => collect(context, identified));
    if (collected === undefined) return this.#skipRest();
    const sources = { movie: collected.movieOrigin, reviews: collected.reviewsOrigin };
    const validated = await this.#step('validate', () => validate(context, identified, collected));
    if (validated === undefined) return this.#skipRest();
    const movie = validated.details?.movie ?? toMovie(identified.stored ?? identified.film);
    context.publish('data_collected', { workflowId: context.workflowId, movie, reviews: validated.reviews, sources });
    const stored = (await this.#step('store', () => store(context, identified, collected, validated))) ?? {
      movieId: identified.stored?.id ?? '',
      complete: false,
    };
    const analysis =
      (await this.#step('analyse', () => analyse(context, identified, validated.reviews, stored))) ?? null;
    const related = validated.details?.related ?? [];
    const recommendations =
      (await this.#step('recommend', () => recommend(context, identified, movie, related, stored))) ?? null;
    return { movie: this.#summary(identified, movie, stored.movieId, analysis), analysis, recommendations, sources };
  }

  /** Runs a step and reports it. @returns undefined when it failed */
  async #step<Value>(name: StepName, run: () => Promise<StepOutcome<Value>>): Promise<Value | undefined> {
    const { publish, workflowId, calls, journal, signal } = this.#context;
    signal.throwIfAborted();
    publish('step_started', { workflowId, step: name });
    const startedAtMs = nowMs();
    const before = calls.attempts;
    const report = (status: StepReport['status'], error?: SerializedError) => {
      const attempts = status === 'skipped' ? 0 : Math.max(1, calls.attempts - before);
      const done = {
        name,
        status,
        attempts,
        durationMs: nowMs() - startedAtMs,
        ...(error === undefined ? {} : { error }),
      };
      journal.add(done);
      publish('step_finished', { workflowId, step: name, ...done });
    };
    try {
      const { value, status, errors } = await run();
      signal.throwIfAborted();
      if (status === 'degraded') this.#degraded = true;
      this.#errors.push(...errors);
      report(status, errors[0]);
      return value;
    } catch (thrown) {
      signal.throwIfAborted();
      const error = serializeError(toReelflowError(thrown, 'api'), { step: name });
      this.#degraded = true;
      this.#errors.push(error);
      report('failed', error);
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

  /** A record that could not be written leaves the search as it is, and is said. */
  #note(thrown: unknown): void {
    this.#context.signal.throwIfAborted();
    this.#degraded = true;
    this.#errors.push(serializeError(toReelflowError(thrown, 'database')));
  }

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
      analysis: found?.analysis ?? null,
      recommendations: found?.recommendations ?? [],
      degraded: this.#degraded,
      sources: found?.sources ?? { movie: 'none', reviews: 'none' },
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
