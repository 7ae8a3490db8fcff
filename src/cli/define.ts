import { type Command, InvalidArgumentError } from 'commander';
import type { CommandContext } from './context.js';

/** What a command does. @returns the exit code */
type Run = (context: CommandContext, args: readonly unknown[]) => Promise<number>;

/** Ties a command to what it does. */
export type Act = (command: Command, run: Run) => Command;

/** The lines below the help of a command: what to type, and what for. */
export function withExamples(
  command: Command,
  ...examples: ReadonlyArray<readonly [line: string, what: string]>
): Command {
  const lines = examples.map(([line, what]) => `  $ ${line}\n      ${what}`);
  return command.addHelpText('after', `\nExamples:\n${lines.join('\n')}`);
}

export const withDatabase = (command: Command): Command =>
  command.option(
    '-d, --database <place>',
    'SQLite file, or postgres://, mysql:// or mariadb:// (with a password: by REELFLOW_DATABASE only)',
  );

export const withApis = (command: Command): Command =>
  command
    .option('--sandbox', 'ask a local server with invented posts, even if there are keys')
    .option('--max-usd <usd>', 'most US dollars that this process spends on posts');

/** The value of a flag that must be a whole number. */
export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
