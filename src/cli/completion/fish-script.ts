import type { CommandWords } from './command-words.js';

/** The same for fish: a line for each word. */
export function fishScript(name: string, all: readonly CommandWords[]): string {
  const lines = all.flatMap(({ path, commands, flags }) => {
    const children = commands.map((command) => command.name).join(' ');
    const there = path.map((word) => `__fish_seen_subcommand_from ${word}`);
    const notBelow = children === '' ? [] : [`not __fish_seen_subcommand_from ${children}`];
    const when = [...there, ...notBelow].join('; and ');
    const condition = when === '' ? '' : ` -n '${when}'`;
    return [
      ...commands.map(
        ({ name: word, about }) => `complete -c ${name}${condition} -f -a ${word} -d '${escaped(about)}'`,
      ),
      ...flags.map(
        ({ name: flag, about, takesValue }) =>
          `complete -c ${name}${condition} -l ${flag.replace(/^--/, '')}${takesValue ? ' -r' : ''} -d '${escaped(about)}'`,
      ),
    ];
  });
  return `# fish completion for ${name}. Into ~/.config/fish/completions/${name}.fish:  ${name} completion fish\n${lines.join('\n')}`;
}

const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
