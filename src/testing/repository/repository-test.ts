import assert from 'node:assert/strict';
import type { ErrorCode } from '../../errors/error-code.js';
import { isReelflowError, type ReelflowError } from '../../errors/reelflow-error.js';
import type { Repository, StoredMovie } from '../../ports/repository.js';

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

export async function catalogueOf(repository: Repository, changedAfter?: string): Promise<StoredMovie[]> {
  const films: StoredMovie[] = [];
  const options = changedAfter === undefined ? {} : { changedAfter };
  for await (const film of repository.catalogue(options)) films.push(film);
  return films;
}

/** The stored film, which must be there. */
export async function filmOf(repository: Repository, tmdbId: number): Promise<StoredMovie> {
  const film = await repository.findMovie({ tmdbId });
  assert.ok(film !== null, `film ${tmdbId} is not stored`);
  return film;
}
