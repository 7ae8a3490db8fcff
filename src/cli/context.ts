import type { CliIo } from './cli-io.js';
import type { Output } from './output.js';
import type { Flags } from './settings/read-settings.js';
import { readSettings } from './settings/read-settings.js';
import type { Settings } from './settings/settings.js';

/** What a command is given. */
export interface CommandContext {
  readonly io: CliIo;
  readonly output: Output;
  readonly flags: Flags;
  /** @throws INVALID_OPTIONS */
  settings(): Promise<Settings>;
}

export function createContext(io: CliIo, output: Output, flags: Flags): CommandContext {
  return {
    io,
    output,
    flags,
    async settings() {
      const settings = await readSettings(io, flags);
      const { tmdbAccessToken, xBearerToken, token, readToken, database } = settings;
      const password = database !== undefined && URL.canParse(database) ? new URL(database).password : '';
      output.hide(tmdbAccessToken, xBearerToken, token, readToken, password, safeDecode(password));
      return settings;
    },
  };
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
