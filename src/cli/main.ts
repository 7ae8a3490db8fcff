#!/usr/bin/env node
import { interrupted } from './exit-code.js';
import { runCli } from './run-cli.js';

const controller = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // Somebody who asks twice does not want to wait.
    if (controller.signal.aborted) process.exit(signal === 'SIGINT' ? 130 : 143);
    controller.abort(interrupted(signal));
  });
}
// Whoever read the results, such as head, has had enough. Messages that nobody reads are no reason to end a service.
for (const [stream, isWanted] of [
  [process.stdout, true],
  [process.stderr, false],
] as const) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    if (isWanted) process.exit(0);
  });
}

const { stdout, stderr, env } = process;
process.exitCode = await runCli(process.argv.slice(2), {
  stdout,
  stderr,
  env,
  cwd: process.cwd(),
  signal: controller.signal,
});
