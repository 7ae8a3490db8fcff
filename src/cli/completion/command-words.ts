import type { Command } from 'commander';

interface FlagWord {
  readonly name: string;
  readonly about: string;
  readonly takesValue: boolean;
}

export interface CommandWords {
  /** Names from the program on, without its own, such as ['runs', 'list']. */
  readonly path: readonly string[];
  readonly commands: ReadonlyArray<{ readonly name: string; readonly about: string }>;
  readonly flags: readonly FlagWord[];
}

/** What can stand behind each command, from the tree itself, so that completion never lags behind. */
export function commandWords(program: Command): CommandWords[] {
  const global = flagsOf(program).filter(({ name }) => name !== '--version');
  return [wordsAt(program, [], []), ...below(program, [], global)];
}

function below(command: Command, path: readonly string[], global: readonly FlagWord[]): CommandWords[] {
  return childrenOf(command).flatMap((child) => {
    const at = [...path, child.name()];
    return [wordsAt(child, at, global), ...below(child, at, global)];
  });
}

/** The first of a command's children is the one that is meant when none is named: its flags fit here too. */
function wordsAt(command: Command, path: readonly string[], global: readonly FlagWord[]): CommandWords {
  const children = childrenOf(command);
  const [first] = path.length === 0 ? [] : children;
  const flags = new Map(
    [...flagsOf(command), ...(first === undefined ? [] : flagsOf(first)), ...global].map((flag) => [flag.name, flag]),
  );
  const commands = children.map((child) => ({ name: child.name(), about: child.summary() || child.description() }));
  return { path, commands, flags: [...flags.values()] };
}

const childrenOf = (command: Command): Command[] => command.commands.filter((child) => child.name() !== 'help');

const flagsOf = (command: Command): FlagWord[] =>
  command
    .createHelp()
    .visibleOptions(command)
    .flatMap(({ long, description, required, optional }) =>
      long === undefined || long === null ? [] : [{ name: long, about: description, takesValue: required || optional }],
    );
