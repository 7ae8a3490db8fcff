import { join, resolve } from 'node:path';
import { MemoryMovieClient } from '../../adapters/memory/index.js';
import type { TypeOrmRepository } from '../../adapters/typeorm/index.js';
import type { Logger } from '../../ports/logger.js';
import type { Sandbox, SandboxOptions } from '../../sandbox/index.js';
import { AutomatedWorkflowManager } from '../../workflow/automated-workflow-manager.js';
import type { CommandContext } from '../context.js';
import type { Settings } from '../settings/settings.js';
import { databaseOptions } from './database-options.js';
import { type Apis, openApis } from './open-apis.js';
import { openRepository } from './open-repository.js';

export interface OpenManagerOptions {
  /** false: the work makes no API call, and nothing is asked for. @default true */
  readonly apis?: boolean;
  readonly sandbox?: SandboxOptions;
  readonly retryDelayMs?: number;
  readonly logger?: Logger;
  readonly resumeOnStart?: boolean;
}

export interface OpenedManager {
  readonly manager: AutomatedWorkflowManager;
  readonly repository: TypeOrmRepository;
  readonly sandbox: Sandbox | null;
  /** Closes everything; after an abort, without waiting long. */
  close(): Promise<void>;
}

/** How long what runs has to end once somebody has asked for the end, in milliseconds. */
const interruptedGraceMs = 1000;

/** A manager on the database and the APIs of the settings. Whoever opens it closes it. */
export async function openManager(
  { io, output }: Pick<CommandContext, 'io' | 'output'>,
  settings: Settings,
  { apis: needsApis = true, sandbox: sandboxOptions, retryDelayMs, logger, resumeOnStart }: OpenManagerOptions = {},
): Promise<OpenedManager> {
  const apis = needsApis ? await openApis(settings, output, sandboxOptions) : noApis();
  let repository: TypeOrmRepository | undefined;
  try {
    repository = await openRepository(databaseOptions(settings, io.cwd));
    const manager = new AutomatedWorkflowManager({
      movies: apis.movies,
      reviews: apis.reviews,
      repository,
      spool: repository.isVolatile ? false : { directory: spoolDirectory(settings, io.cwd, repository.identity) },
      budget: budgetOf(settings),
      coordinator: { retryDelayMs },
      logger,
      resumeOnStart,
    });
    const close = async () => {
      await manager.close(io.signal.aborted ? { graceMs: interruptedGraceMs } : {});
      await apis.sandbox?.close();
    };
    return { manager, repository, sandbox: apis.sandbox, close };
  } catch (error) {
    await repository?.close();
    await apis.sandbox?.close();
    throw error;
  }
}

/** Opens, works, and closes whatever happens. */
export async function withManager<Result>(
  context: CommandContext,
  work: (opened: OpenedManager, settings: Settings) => Promise<Result>,
  options: OpenManagerOptions = {},
): Promise<Result> {
  const settings = await context.settings();
  const opened = await openManager(context, settings, options);
  try {
    return await work(opened, settings);
  } finally {
    await opened.close();
  }
}

/** Where the writes of all databases wait: a directory for each of them. */
export const spoolRoot = ({ spool = join('.reelflow', 'spool') }: Settings, cwd: string): string => resolve(cwd, spool);

/** The same place that the library takes by itself when it runs in this directory. */
const spoolDirectory = (settings: Settings, cwd: string, identity: string): string =>
  join(spoolRoot(settings, cwd), identity);

const noApis = (): Apis => ({
  movies: new MemoryMovieClient([]),
  reviews: [],
  sandbox: null,
});

/** `maxUsd` holds for this process: a day's and a month's limit of it hold across midnight too. */
function budgetOf({ maxUsd = Number.POSITIVE_INFINITY, usdPerDay, usdPerMonth, postsPerMonth }: Settings) {
  const least = (limit: number | undefined) => {
    const usd = Math.min(maxUsd, limit ?? Number.POSITIVE_INFINITY);
    return Number.isFinite(usd) ? usd : undefined;
  };
  return { usdPerDay: least(usdPerDay), usdPerMonth: least(usdPerMonth), postsPerMonth };
}
