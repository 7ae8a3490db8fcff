import { type Command, CommanderError } from 'commander';
import { toReelflowError } from '../errors/classify-error.js';
import { redact } from '../errors/redact.js';
import { ReelflowError } from '../errors/reelflow-error.js';
import type { CliIo } from './cli-io.js';
import { createContext } from './context.js';
import { exitCodeOf, exitCodeOfInterrupt, exitCodes } from './exit-code.js';
import { Output } from './output.js';
import { buildProgram } from './program.js';
import { kebab } from './settings/read-settings.js';
import { settingNames, settingSources } from './settings/settings.js';

/**
 * Runs the command line. Nothing is taken from the process but through `io`, and nothing outlives the promise.
 * @param argv - what follows the program's name
 * @returns the exit code; it never throws
 */
export async function runCli(argv: readonly string[], io: CliIo): Promise<number> {
  const output = new Output(io, {
    json: argv.includes('--json'),
    quiet: argv.includes('--quiet') || argv.includes('-q'),
  });
  let exitCode: number = exitCodes.ok;
  const program = buildProgram((command, run) =>
    command.action(async () => {
      exitCode = await run(createContext(io, output, command.optsWithGlobals()), command.processedArgs);
    }),
  );
  prepare(program, io);
  try {
    refuseSecrets(argv);
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (thrown) {
    if (thrown instanceof CommanderError) return usage(thrown, output);
    if (io.signal.aborted) {
      output.status('');
      output.failure({ code: 'CANCELLED', message: 'stopped before the end' });
      return exitCodeOfInterrupt(io.signal.reason);
    }
    const error = toReelflowError(thrown, 'api');
    output.failure(error);
    return exitCodeOf(error.code);
  }
}

/** Commander would end the process and write to it: here it throws, and writes where it is told. */
function prepare(command: Command, { stdout, stderr }: Pick<CliIo, 'stdout' | 'stderr'>): void {
  command.exitOverride().configureOutput({
    writeOut: (text) => void stdout.write(text),
    writeErr: (text) => void stderr.write(redact(text)),
    getOutHelpWidth: () => stdout.columns ?? 100,
    getErrHelpWidth: () => stderr.columns ?? 100,
    getOutHasColors: () => false,
    getErrHasColors: () => false,
  });
  for (const child of command.commands) prepare(child, { stdout, stderr });
}

/** Commander has said already what is wrong. */
function usage({ exitCode, code, message }: CommanderError, output: Output): number {
  if (exitCode === 0) return exitCodes.ok;
  if (code !== 'commander.help')
    output.document({ error: { code: 'INVALID_INPUT', message: redact(message.replace(/^error: /, '')) } });
  return exitCodes.usage;
}

/** @throws INVALID_OPTIONS for a key or a token in a flag, without its value */
function refuseSecrets(argv: readonly string[]): void {
  for (const name of settingNames) {
    const { env, secret } = settingSources[name];
    const flag = `--${kebab(name)}`;
    if (secret === true && argv.some((word) => word === flag || word.startsWith(`${flag}=`)))
      throw new ReelflowError(
        'INVALID_OPTIONS',
        `${flag} is no flag, since everybody on this machine sees the flags of a process: set ${env}, or ${name} in the file`,
      );
  }
}
