import type { MovieDetails } from '../../domain/movie.js';
import type { RejectedRecord } from '../../domain/records.js';
import type { Review } from '../../domain/review.js';
import { parseReview } from '../../domain/schemas.js';
import { degraded, ok, type RunContext, type StepOutcome, skipped } from '../run-context.js';
import type { Collected } from './collect.js';
import type { Identified } from './identify.js';

export interface Validated {
  readonly details: MovieDetails | null;
  readonly reviews: readonly Review[];
  readonly rejected: readonly RejectedRecord[];
}

/** Checks every record that came from outside: a bad one is set aside with its reason, the rest goes on. */
export async function validate(
  context: RunContext,
  identified: Identified,
  collected: Collected,
): Promise<StepOutcome<Validated>> {
  const details = collected.details?.checked ?? null;
  const rejected = [...collected.rejected, ...(collected.details?.rejected ?? [])];
  const reviews = checkReviews(collected.reviews, identified.film.tmdbId, rejected);
  for (const { kind, reason, field, raw } of rejected) {
    context.publish('record_rejected', { workflowId: context.workflowId, kind, reason, field, raw });
    context.options.logger.warn(
      { workflowId: context.workflowId, kind, code: reason.code, field },
      `a ${kind} was rejected: ${reason.message}`,
    );
  }
  const validated = { details, reviews, rejected };
  const flaw = flawOf(collected, validated);
  if (flaw !== undefined) return degraded(validated, [{ ...flaw.reason, step: 'validate' }]);
  return collected.details === null && collected.reviews.length === 0 ? skipped(validated) : ok(validated);
}

/** One bad record costs itself alone, and is no more than an event. The film, or every post, is a part of the result. */
function flawOf(collected: Collected, { details, reviews, rejected }: Validated): RejectedRecord | undefined {
  if (collected.details !== null && details === null) return rejected.find(({ kind }) => kind === 'movie');
  return reviews.length === 0 ? rejected.find(({ kind }) => kind === 'review') : undefined;
}

function checkReviews(reviews: readonly Review[], tmdbId: number, rejected: RejectedRecord[]): Review[] {
  const checked = new Map<string, Review>();
  for (const review of reviews) {
    const raw: unknown = review;
    const parsed = parseReview(typeof raw === 'object' && raw !== null ? { ...raw, tmdbId } : raw);
    if (parsed.ok) checked.set(parsed.value.tweetId, parsed.value);
    else rejected.push(parsed.rejected);
  }
  return [...checked.values()];
}
