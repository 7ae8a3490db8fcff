import { createInterface } from 'node:readline';
import { startProgram } from '../support/child-process.js';
import type { WorkerInput } from './worker.js';

const program = new URL('worker.ts', import.meta.url);

export interface Life {
  /** What the process said, line by line: a word and what belongs to it. */
  readonly said: ReadonlyArray<readonly [what: string, ...more: unknown[]]>;
  readonly killed: boolean;
}

/**
 * Runs the service until it ends by itself, or kills it some time after it said that it was ready.
 * @param killAfterMs - null: let it live
 */
export async function live(input: WorkerInput, killAfterMs: number | null): Promise<Life> {
  const child = startProgram(program, input);
  const said: Array<readonly [string, ...unknown[]]> = [];
  let complaints = '';
  child.stderr?.on('data', (chunk) => {
    complaints += chunk;
  });
  if (child.stdout === null) throw new Error('the output is not piped');
  const lines = createInterface({ input: child.stdout });
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal })),
  );
  let timer: NodeJS.Timeout | undefined;
  for await (const line of lines) {
    const entry = JSON.parse(line);
    said.push(entry);
    if (entry[0] === 'ready' && killAfterMs !== null) timer = setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  }
  const { code, signal } = await ended;
  clearTimeout(timer);
  if (signal === 'SIGKILL') return { said, killed: true };
  if (code === 0) return { said, killed: false };
  throw new Error(`the service ended with ${code ?? signal}: ${complaints}`);
}
