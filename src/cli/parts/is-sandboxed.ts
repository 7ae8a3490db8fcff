import type { Settings } from '../settings/settings.js';

/** Without any key, or when it was asked for, TMDB and X are played by the sandbox. */
export const isSandboxed = ({ sandbox, tmdbAccessToken, xBearerToken }: Settings): boolean =>
  sandbox ?? (tmdbAccessToken === undefined && xBearerToken === undefined);

/** The keys are missing, yet the database was chosen, and may hold real films and posts: nothing is to be finished with invented ones. */
export const mayLackKeys = (settings: Settings): boolean =>
  isSandboxed(settings) && settings.sandbox !== true && settings.database !== undefined;
