import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const hooks = fileURLToPath(new URL('resolve-typescript.mjs', import.meta.url));
/** Node runs TypeScript by itself from 22.18 on. */
const stripTypes = process.version.startsWith('v22.') ? ['--experimental-strip-types'] : [];

/** Starts a program of the tests, in TypeScript, with its input as JSON in its arguments. */
export const startProgram = (url: URL, input: unknown): ChildProcess =>
  spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      ...stripTypes,
      `--import=${hooks}`,
      fileURLToPath(url),
      JSON.stringify(input),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );

/** Runs a program to its end; resolves with the JSON that it printed. */
export function runProgram<Output>(url: URL, input: unknown): Promise<Output> {
  return new Promise((resolve, reject) => {
    const child = startProgram(url, input);
    let output = '';
    let complaints = '';
    child.stdout?.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr?.on('data', (chunk) => {
      complaints += chunk;
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(JSON.parse(output));
      else reject(new Error(`the program ended with ${code}: ${complaints || output}`));
    });
  });
}
