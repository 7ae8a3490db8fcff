import type { Logger } from '../ports/logger.js';
import type { Output } from './output.js';

/** Log lines on stderr, with --quiet warnings and errors alone: with --json an object each, else the time, the level and the message. */
export function lineLogger(output: Output): Logger {
  const at = (level: 'info' | 'warn' | 'error') => (fields: Readonly<Record<string, unknown>>, message: string) => {
    const time = new Date().toISOString();
    const line = output.json
      ? JSON.stringify({ time, level, message, ...fields })
      : `${time} ${level.padEnd(5)} ${message}`;
    if (level === 'info') output.note(line);
    else output.message(line);
  };
  return { debug: () => undefined, info: at('info'), warn: at('warn'), error: at('error') };
}
