import type { Movie, MovieCandidate } from '../../domain/movie.js';
import type { RejectedRecord } from '../../domain/records.js';
import type { StepReport } from '../../domain/workflow-run.js';
import { toReelflowError } from '../../errors/classify-error.js';
import { type SerializedError, serializeError } from '../../errors/serialized-error.js';
import type { StoredMovie, WriteBatch } from '../../ports/repository.js';
import { originsCheckpoint } from '../run-checkpoints.js';
import { degraded, ok, type RunContext, type StepOutcome, skipped } from '../run-context.js';
import type { Collected } from './collect.js';
import type { Identified } from './identify.js';
import type { Validated } from './validate.js';

export interface Stored {
  /** The repository's id of the film; '' when it could not be stored yet. */
  readonly movieId: string;
  /** false: the store does not hold what was collected, and never will. */
  readonly complete: boolean;
}

/** Film, related films and posts in one transaction, with what was rejected and the outcomes of the steps so far. */
export async function store(
  context: RunContext,
  identified: Identified,
  collected: Collected,
  validated: Validated,
  soFar: () => StepReport,
): Promise<StepOutcome<Stored>> {
  const { journal, workflowId, publish } = context;
  const knownId = identified.stored?.id ?? '';
  const batch = batchOf(context, identified, collected, validated);
  if (batch === null) return skipped({ movieId: knownId, complete: true });
  const checkpoint = originsCheckpoint(workflowId, {
    sources: { movie: collected.movieOrigin, reviews: collected.reviewsOrigin },
    detailsFetchedAt: collected.detailsFetchedAt,
    postsFetchedAt: collected.postsFetchedAt,
  });
  try {
    const { report, diverted } = await journal.apply({
      operation: 'store_collection',
      batch: { ...batch, ...(context.options.repository.isVolatile === true ? {} : { checkpoints: [checkpoint] }) },
      ends: soFar(),
    });
    if (report === null) return degraded({ movieId: knownId, complete: true }, [{ ...diverted, step: 'store' }]);
    publish('data_stored', { workflowId, report });
    for (const { kind, reason, field, raw } of report.rejected ?? []) {
      publish('record_rejected', { workflowId, kind, reason, field, raw });
    }
    const movieId = report.movieId ?? (knownId === '' ? await idOf(context, identified.film.tmdbId) : knownId);
    const refused = refusalOf(report.rejected ?? []);
    return refused === null ? ok({ movieId, complete: true }) : degraded({ movieId, complete: true }, [refused]);
  } catch (thrown) {
    const error = toReelflowError(thrown, 'database');
    if (error.code === 'CANCELLED') throw error;
    return degraded({ movieId: knownId, complete: false }, [serializeError(error, { step: 'store' })]);
  }
}

/** What the store itself refused had passed every check, so that it is missing from the result. */
function refusalOf(rejected: readonly RejectedRecord[]): SerializedError | null {
  const [first] = rejected;
  if (first === undefined) return null;
  const count = rejected.length === 1 ? 'a record' : `${rejected.length} records`;
  const message = `the database refused ${count}, in quarantine now: ${first.reason.message}`;
  return { code: first.reason.code, message, step: 'store' };
}

function batchOf(
  { request }: RunContext,
  identified: Identified,
  collected: Collected,
  validated: Validated,
): WriteBatch | null {
  const { film, stored, origin } = identified;
  const { details, reviews, rejected } = validated;
  const { detailsFetchedAt: fetchedAt, postsFetchedAt, collections } = collected;
  const searchKeys = [request.name.key];
  const batch: WriteBatch = {
    ...(details === null
      ? filmWithoutDetails(film, stored, origin !== 'stored', fetchedAt, searchKeys)
      : {
          film: {
            movie: details.movie,
            relatedIds: details.related.map(({ tmdbId }) => tmdbId),
            fetchedAt,
            searchKeys,
          },
          related: { movies: details.related, fetchedAt },
        }),
    ...(reviews.length === 0 ? {} : { reviews: { reviews, fetchedAt: postsFetchedAt } }),
    ...(collections.length === 0 ? {} : { collections }),
    ...(rejected.length === 0 ? {} : { rejected }),
  };
  return Object.keys(batch).length === 0 ? null : batch;
}

/** A new name for a stored film is remembered; a film whose details failed is kept as its candidate. */
function filmWithoutDetails(
  film: MovieCandidate | StoredMovie,
  stored: StoredMovie | null,
  isNew: boolean,
  fetchedAt: string,
  searchKeys: readonly string[],
): Pick<WriteBatch, 'film' | 'related'> {
  if (!isNew) return {};
  if (stored?.detailed === true) {
    return { film: { movie: toMovie(stored), relatedIds: stored.relatedIds, fetchedAt: stored.fetchedAt, searchKeys } };
  }
  return { related: { movies: [toMovie(film)], fetchedAt } };
}

/** A film without the fields that only the store knows. */
export function toMovie(film: MovieCandidate | Movie): Movie {
  const {
    tmdbId,
    title,
    originalTitle,
    originalLanguage,
    releaseDate,
    overview,
    rating,
    voteCount,
    popularity,
    posterPath,
  } = film;
  const { genres = [], keywords = [], cast = [], directors = [], runtimeMinutes = null } = film as Partial<Movie>;
  return {
    ...{
      tmdbId,
      title,
      originalTitle,
      originalLanguage,
      releaseDate,
      overview,
      rating,
      voteCount,
      popularity,
      posterPath,
    },
    ...{ genres, keywords, cast, directors, runtimeMinutes },
  };
}

/** For a repository that does not tell the id of what it stored. @returns '' when it cannot be read */
async function idOf({ calls, options }: RunContext, tmdbId: number): Promise<string> {
  try {
    const found = await calls.database('find_movie', () => options.repository.findMovie({ tmdbId }));
    return found?.id ?? '';
  } catch (thrown) {
    if (toReelflowError(thrown, 'database').code === 'CANCELLED') throw thrown;
    return ''; // the film is stored; only its id is not known
  }
}
