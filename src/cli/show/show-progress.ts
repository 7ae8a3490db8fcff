import { stepNames } from '../../domain/workflow-run.js';
import type { WorkflowEvents } from '../../trigger/workflow-events.js';
import type { WorkflowTrigger } from '../../trigger/workflow-trigger.js';
import type { Output } from '../output.js';
import { bar, clean, seconds } from './texts.js';

const labels: Readonly<Record<string, string>> = {
  identify: 'Which film is meant',
  collect: 'Details and posts',
  validate: 'Checking the records',
  store: 'Storing',
  analyse: 'Scoring the sentiment',
  recommend: 'Recommending',
};
const marks: Readonly<Record<string, string>> = { ok: '✓', degraded: '~', skipped: '·', failed: '✗' };
const refreshMs = 100;

/**
 * Tells each step when it has ended, and each wait when it begins. In a terminal a bar at the bottom says what runs now,
 * and counts waits down. @returns stop
 */
export function showProgress(trigger: WorkflowTrigger<WorkflowEvents>, output: Output): () => void {
  if (!output.showsProgress) return () => undefined;
  const paint = output.paintNote;
  let done = 0;
  let doing = { text: 'Starting', sinceMs: performance.now() };
  let waiting: { readonly text: string; readonly untilMs: number } | null = null;

  const refresh = () => {
    const now = performance.now();
    if (waiting !== null && waiting.untilMs <= now) waiting = null;
    const what =
      waiting === null
        ? `${doing.text}  ${seconds(now - doing.sinceMs)}`
        : `${waiting.text}: ${seconds(waiting.untilMs - now)} to go`;
    output.status(`  ${bar(done, stepNames.length)} ${done} of ${stepNames.length}  ${what}`);
  };
  const wait = (text: string, waitMs: number) => {
    waiting = { text, untilMs: performance.now() + waitMs };
    output.note(paint('yellow', `  ↻ ${text}: waiting ${seconds(waitMs)}`));
  };

  const stops = [
    trigger.registerTrigger('step_started', ({ step }) => {
      doing = { text: labels[step] ?? step, sinceMs: performance.now() };
    }),
    trigger.registerTrigger('step_finished', ({ name, status, durationMs, error }) => {
      done += 1;
      waiting = null;
      const label = `${marks[status] ?? '?'} ${(labels[name] ?? name).padEnd(22)}`;
      const why = error === undefined ? '' : paint('red', `  ${error.code}`);
      output.note(`  ${label} ${paint('dim', seconds(durationMs).padStart(7))}${why}`);
    }),
    trigger.registerTrigger('retry_scheduled', ({ api, operation, delayMs, error }) =>
      wait(`${clean(api ?? operation ?? 'a call')} answered ${error.code}`, delayMs),
    ),
    trigger.registerTrigger('rate_limit_wait', ({ api, waitMs }) => wait(`${clean(api)} asked for a pause`, waitMs)),
    trigger.registerTrigger('storage_diverted', ({ records }) =>
      output.note(paint('yellow', `  ! the database does not take writes: ${records} went to the spool`)),
    ),
    trigger.registerTrigger('budget_exhausted', ({ period, limitUsd }) =>
      output.note(
        paint('yellow', `  ! the budget of the ${period} is used up (${limitUsd} USD): no more posts are bought`),
      ),
    ),
  ];
  const timer = output.isLive ? setInterval(refresh, refreshMs) : undefined;
  return () => {
    clearInterval(timer);
    output.status('');
    for (const stop of stops) stop();
  };
}
