import assert from 'node:assert/strict';
import type { ErrorCode } from '../../errors/error-code.js';
import { isReelflowError, type ReelflowError } from '../../errors/reelflow-error.js';
import type { CatalogueOptions, Repository, Retention, StoredMovie, SweepReport } from '../../ports/repository.js';

/** A test on a fresh repository. */
export type RepositoryTest = (name: string, run: (repository: Repository) => Promise<void>) => void;

/** Checks that a call fails with a ReelflowError of this code, and gives the error. */
export async function failsWith(code: ErrorCode, call: () => Promise<unknown>): Promise<ReelflowError> {
  try {
    await call();
  } catch (error) {
    assert.ok(isReelflowError(error), `a ReelflowError was expected, got ${String(error)}`);
    assert.equal(error.code, code, error.message);
    return error;
  }
  return assert.fail(`${code} was expected, the call succeeded`);
}

export async function catalogueOf(
  repository: Repository,
  changedAfter?: string,
  isKnown?: CatalogueOptions['isKnown'],
): Promise<StoredMovie[]> {
  const films: StoredMovie[] = [];
  const options = {
    ...(changedAfter === undefined ? {} : { changedAfter }),
    ...(isKnown === undefined ? {} : { isKnown }),
  };
  for await (const film of repository.catalogue(options)) films.push(film);
  return films;
}

/** The stored film, which must be there. */
export async function filmOf(repository: Repository, tmdbId: number): Promise<StoredMovie> {
  const film = await repository.findMovie({ tmdbId });
  assert.ok(film !== null, `film ${tmdbId} is not stored`);
  return film;
}

/** Sweeps slice by slice to the end; the counts add up. */
export async function sweepAll(
  repository: Repository,
  retention: Retention,
  maxRows?: number,
): Promise<Omit<SweepReport, 'next'>> {
  const sum = { moviesDropped: 0, reviewTextsDropped: 0, quarantineDropped: 0, runsDropped: 0 };
  let after: string | null = null;
  for (let slices = 0; slices < 10_000; slices += 1) {
    const slice: SweepReport = await repository.sweep(retention, {
      ...(after === null ? {} : { after }),
      ...(maxRows === undefined ? {} : { maxRows }),
    });
    sum.moviesDropped += slice.moviesDropped;
    sum.reviewTextsDropped += slice.reviewTextsDropped;
    sum.quarantineDropped += slice.quarantineDropped;
    sum.runsDropped += slice.runsDropped;
    if (slice.next === null) return sum;
    after = slice.next;
  }
  return assert.fail('the sweep has no end');
}
