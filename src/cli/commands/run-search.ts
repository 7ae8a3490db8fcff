import type { SearchOptions, WorkflowResult } from '../../domain/workflow-run.js';
import type { CommandContext } from '../context.js';
import { exitCodeOf, exitCodes } from '../exit-code.js';
import type { OpenedManager } from '../parts/open-manager.js';
import { renderEffort } from '../show/render-effort.js';
import { renderResult } from '../show/render-result.js';
import { showProgress } from '../show/show-progress.js';

/** Searches, shows the steps and the result, and says by its exit code how it went. */
export async function runSearch(
  { io, output, flags }: CommandContext,
  { manager, sandbox }: OpenedManager,
  film: string,
  options: SearchOptions,
): Promise<number> {
  const stop = showProgress(manager.trigger, output);
  let result: WorkflowResult;
  try {
    result = await manager.handleUserSearch(film, { ...options, signal: io.signal });
  } finally {
    stop();
  }
  output.document(result);
  if (!output.json) {
    const found = result.movie === null ? null : await manager.findStoredMovie(result.movie.tmdbId).catch(() => null);
    for (const line of renderResult(result, found?.movie ?? null, output.paint)) output.line(line);
    const requests = sandbox?.requests.length ?? null;
    const effort = renderEffort(result, manager.getAutomationStatistics(), { requests, paint: output.paint });
    for (const line of effort) output.line(line);
  }
  return exitCodeOfResult(result, flags['strict'] === true);
}

function exitCodeOfResult({ success, degraded, errors }: WorkflowResult, strict: boolean): number {
  if (success) return strict && degraded ? exitCodes.degraded : exitCodes.ok;
  const codes = errors.map(({ code }) => code);
  if (codes.includes('MOVIE_NOT_FOUND')) return exitCodes.filmNotFound;
  const [first] = codes;
  return first === undefined ? exitCodes.unexpected : exitCodeOf(first);
}
