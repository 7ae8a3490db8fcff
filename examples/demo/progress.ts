import { styleText } from 'node:util';
import type { AutomatedWorkflowManager } from 'reelflow';

const steps: Readonly<Record<string, string>> = {
  identify: 'Which film is meant',
  collect: 'Details and posts',
  validate: 'Checking the records',
  store: 'Storing',
  analyse: 'Scoring the sentiment',
  recommend: 'Recommending',
};
const marks: Readonly<Record<string, string>> = { ok: '✓', degraded: '~', skipped: '·', failed: '✗' };

/** Prints each step as it happens; in a terminal, waits count down in place. @returns stop */
export function showProgress(manager: AutomatedWorkflowManager, out: NodeJS.WriteStream): () => void {
  let countdown: NodeJS.Timeout | undefined;
  const clear = () => {
    clearInterval(countdown);
    countdown = undefined;
    if (out.isTTY) out.write('\r\u001b[2K');
  };
  const line = (text: string) => {
    clear();
    out.write(`${text}\n`);
  };
  const wait = (text: string, waitMs: number) => {
    line(styleText('yellow', `  ↻ ${text}: waiting ${seconds(waitMs)}`));
    if (!out.isTTY) return;
    const untilMs = Date.now() + waitMs;
    countdown = setInterval(() => {
      out.write(`\r\u001b[2K${styleText('yellow', `    ${seconds(Math.max(0, untilMs - Date.now()))} to go`)}`);
      if (Date.now() >= untilMs) clear();
    }, 100);
  };

  const { trigger } = manager;
  const stops = [
    trigger.registerTrigger('step_finished', ({ name, status, durationMs, error }) => {
      const why = error === undefined ? '' : styleText('red', `  ${error.code}`);
      line(
        `  ${marks[status] ?? '?'} ${(steps[name] ?? name).padEnd(22)} ${styleText('dim', seconds(durationMs).padStart(7))}${why}`,
      );
    }),
    trigger.registerTrigger('retry_scheduled', ({ api, operation, delayMs, error }) => {
      wait(`${api ?? operation} answered ${error.code}`, delayMs);
    }),
    trigger.registerTrigger('rate_limit_wait', ({ api, waitMs }) => wait(`${api} asked for a pause`, waitMs)),
  ];
  return () => {
    clear();
    for (const stop of stops) stop();
  };
}

export const seconds = (ms: number): string => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);
