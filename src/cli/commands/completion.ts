import { Argument, type Command } from 'commander';
import { bashScript } from '../completion/bash-script.js';
import { commandWords } from '../completion/command-words.js';
import { fishScript } from '../completion/fish-script.js';
import { zshScript } from '../completion/zsh-script.js';
import { type Act, withExamples } from '../define.js';
import { exitCodes } from '../exit-code.js';

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript };
const isShell = (shell: unknown): shell is keyof typeof scripts => typeof shell === 'string' && shell in scripts;

export function addCompletion(program: Command, act: Act): void {
  const command = program
    .command('completion')
    .summary('a script that completes commands and flags')
    .description('Prints a script for your shell that completes commands and flags.')
    .addArgument(new Argument('<shell>', 'your shell').choices(Object.keys(scripts)));
  withExamples(
    command,
    ['eval "$(reelflow completion bash)"', 'for this shell; into ~/.bashrc for all'],
    ['reelflow completion fish > ~/.config/fish/completions/reelflow.fish', 'for fish'],
  );
  act(command, async ({ output }, [shell]) => {
    if (!isShell(shell)) return exitCodes.usage; // commander has checked it
    const script = scripts[shell](program.name(), commandWords(program));
    output.line(script);
    output.document({ shell, script });
    return exitCodes.ok;
  });
}
