import type { Command } from 'commander';

export interface CommandWords {
  /** Names from the program on, without its own, such as ['runs', 'list']. */
  readonly path: readonly string[];
  readonly commands: ReadonlyArray<{ readonly name: string; readonly about: string }>;
  readonly flags: ReadonlyArray<{ readonly name: string; readonly about: string; readonly takesValue: boolean }>;
}

/** What can stand behind each command, from the tree itself, so that completion never lags behind. */
export function commandWords(
  command: Command,
  path: readonly string[] = [],
  inherited: CommandWords['flags'] = [],
): CommandWords[] {
  const help = command.createHelp();
  const own = help
    .visibleOptions(command)
    .flatMap(({ long, description, required, optional }) =>
      long === undefined || long === null ? [] : [{ name: long, about: description, takesValue: required || optional }],
    );
  const flags = [...own, ...inherited.filter(({ name }) => !own.some((flag) => flag.name === name))];
  const below = command.commands.filter((child) => child.name() !== 'help');
  const commands = below.map((child) => ({ name: child.name(), about: child.summary() || child.description() }));
  const passedOn = flags.filter(({ name }) => name !== '--version');
  return [
    { path, commands, flags },
    ...below.flatMap((child) => commandWords(child, [...path, child.name()], passedOn)),
  ];
}
