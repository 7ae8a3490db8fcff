import type { CommandWords } from './command-words.js';

/** The same for zsh, with what each word means. */
export function zshScript(name: string, all: readonly CommandWords[]): string {
  const cases = all.map(({ path, commands, flags }) => {
    const words = [...commands, ...flags].map((word) => `'${word.name}:${escaped(word.about)}'`);
    return `    '${path.join(' ')}') offered=(${words.join(' ')}) ;;`;
  });
  const steps = all.filter(({ path }) => path.length > 0).map(({ path }) => `'${path.join(' ')}'`);
  return `#compdef ${name}
# zsh completion for ${name}. Into ~/.zshrc, below compinit:  eval "$(${name} completion zsh)"
_${name}() {
  local command='' word next index
  local -a before offered
  before=("\${(@)words[2,CURRENT-1]}")
  for word in $before; do
    next="\${command:+$command }$word"
    case "$next" in
      ${steps.join('|')}) command="$next" ;;
    esac
  done
  case "$command" in
${cases.join('\n')}
  esac
  _describe '${name}' offered
  _files
}
compdef _${name} ${name}`;
}

/** Within single quotes, where a colon parts the word from its meaning. */
const escaped = (text: string): string => text.replaceAll("'", "'\\''").replaceAll(':', '\\:');
