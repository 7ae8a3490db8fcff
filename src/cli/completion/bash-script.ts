import type { CommandWords } from './command-words.js';

/** A function that finds the command in the line so far, and offers what can follow. */
export function bashScript(name: string, all: readonly CommandWords[]): string {
  const cases = all.map(({ path, commands, flags }) => {
    const words = [...commands.map((command) => command.name), ...flags.map((flag) => flag.name)];
    return `    '${path.join(' ')}') words='${words.join(' ')}' ;;`;
  });
  const steps = all.filter(({ path }) => path.length > 0).map(({ path }) => `'${path.join(' ')}'`);
  return `# bash completion for ${name}. Into ~/.bashrc:  eval "$(${name} completion bash)"
_${name}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" command='' word next words index
  for ((index = 1; index < COMP_CWORD; index++)); do
    word="\${COMP_WORDS[index]}"
    next="\${command:+$command }$word"
    case "$next" in
      ${steps.join(' | ')}) command="$next" ;;
    esac
  done
  case "$command" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _${name} ${name}`;
}
