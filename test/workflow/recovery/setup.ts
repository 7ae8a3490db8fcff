import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { TypeOrmRepository } from '../../../src/adapters/typeorm/index.js';
import { AutomatedWorkflowManager, type ManagerOptions, MemoryRepository } from '../../../src/index.js';
import { FakeMovieClient, FakeReviewClient } from '../../../src/testing/index.js';
import { baahubali, posts, rrr, up } from '../setup.js';

/** A repository in memory that says that it outlives its process, so that everything is done to recover. */
export class LastingRepository extends MemoryRepository {
  override readonly isVolatile: boolean = false;
}

export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'reelflow-recovery-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

export const openFile = (directory: string): Promise<TypeOrmRepository> =>
  TypeOrmRepository.open({ type: 'sqlite', database: join(directory, 'films.db') });

export const films = () => new FakeMovieClient({ movies: [rrr, baahubali, up] });
/** 250 posts about RRR, in pages of 100. */
export const pages = () => new FakeReviewClient({ reviews: posts(250), usdPerPost: 0.005 });

/** A manager that is closed with the test; it retries after 10 ms, so that a failure is decided soon. */
export function manage(options: ManagerOptions): AutomatedWorkflowManager {
  const manager = new AutomatedWorkflowManager({ coordinator: { maxRetries: 1, retryDelayMs: 10 }, ...options });
  onTestFinished(() => manager.close({ graceMs: 0 }));
  return manager;
}
