import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { interrupted } from '../../src/cli/exit-code.js';
import { runCli } from '../../src/cli/run-cli.js';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A directory of its own, which goes with the test. */
export async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'reelflow-cli-'));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return made;
}

export interface Started {
  readonly ended: Promise<Ran>;
  /** Resolves with what was said when it matches. */
  said(pattern: RegExp): Promise<RegExpMatchArray>;
  interrupt(signal?: 'SIGINT' | 'SIGTERM'): void;
}

/** Starts the command in this process, with streams, environment and signal of its own. */
export function start(argv: readonly string[], cwd: string, env: Record<string, string> = {}): Started {
  const controller = new AbortController();
  const texts = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  const stream = (name: keyof typeof texts) => ({
    write: (text: string) => {
      texts[name] += text;
      for (const listener of listeners) listener();
    },
  });
  const io = { stdout: stream('stdout'), stderr: stream('stderr'), env, cwd, signal: controller.signal };
  const ended = runCli(argv, io).then((code) => ({ code, ...texts }));
  const said = (pattern: RegExp) =>
    new Promise<RegExpMatchArray>((resolve) => {
      const look = () => {
        const found = (texts.stdout + texts.stderr).match(pattern);
        if (found === null) return;
        listeners.delete(look);
        resolve(found);
      };
      listeners.add(look);
      look();
    });
  return { ended, said, interrupt: (signal = 'SIGINT') => controller.abort(interrupted(signal)) };
}

export const run = (argv: readonly string[], cwd: string, env: Record<string, string> = {}): Promise<Ran> =>
  start(argv, cwd, env).ended;
