import type { Settings } from '../settings/settings.js';

/** Without any key, or when it was asked for, TMDB and X are played by the sandbox. */
export const isSandboxed = ({ sandbox, tmdbAccessToken, xBearerToken }: Settings): boolean =>
  sandbox ?? (tmdbAccessToken === undefined && xBearerToken === undefined);
