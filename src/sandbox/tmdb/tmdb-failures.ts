import type { Answer } from '../answer.js';

/** TMDB's codes with their HTTP status; the sentences are ours. Source: TMDB, errors. */
const failures: ReadonlyMap<number, readonly [status: number, message: string]> = new Map([
  [2, [501, 'This service does not exist.']],
  [3, [401, 'The credential does not permit this.']],
  [4, [405, 'The service has no such format.']],
  [5, [422, 'A parameter is wrong.']],
  [6, [404, 'The id is malformed or unknown.']],
  [7, [401, 'The key is not valid.']],
  [9, [503, 'The service is offline for a while.']],
  [10, [401, 'The key is suspended.']],
  [11, [500, 'Something inside went wrong.']],
  [14, [401, 'Not authenticated.']],
  [15, [500, 'It failed.']],
  [17, [401, 'The session was denied.']],
  [18, [400, 'The input did not pass its checks.']],
  [20, [422, 'The range of dates is longer than 14 days.']],
  [22, [400, 'The page is not between 1 and 500.']],
  [23, [400, 'The date is not like 2026-01-31.']],
  [24, [504, 'A backend took too long.']],
  [25, [429, 'The request count is over the limit.']],
  [27, [400, 'At most 20 parts can be appended.']],
  [28, [400, 'The time zone is unknown.']],
  [31, [401, 'The account is disabled.']],
  [32, [401, 'The mail address is not confirmed.']],
  [34, [404, 'What was asked for was not found.']],
  [35, [401, 'The request token is not valid.']],
  [36, [401, 'The token may not do this.']],
  [42, [405, 'This method is not supported here.']],
  [43, [502, 'A backend cannot be reached.']],
  [44, [500, 'The id is not valid.']],
  [45, [403, 'The user is suspended.']],
  [46, [503, 'The service is under maintenance.']],
  [47, [400, 'The input is not valid.']],
]);

/** The code that stands for a status when none is named. */
const usual: Readonly<Record<number, number>> = {
  400: 18,
  401: 7,
  403: 45,
  404: 34,
  405: 42,
  422: 5,
  429: 25,
  500: 11,
  501: 2,
  502: 43,
  503: 9,
  504: 24,
};

/** @returns the HTTP status of one of TMDB's codes, undefined for a number that is none */
export const tmdbStatusOf = (code: number): number | undefined => failures.get(code)?.[0];

/** A failure by TMDB's code. */
export function tmdbFailure(code: number, message?: string): Answer {
  const [status, usualMessage] = failures.get(code) ?? [500, 'A fault of the sandbox.'];
  return { status, body: { success: false, status_code: code, status_message: message ?? usualMessage } };
}

/** A failure by HTTP status, with the usual code of it; 11, an internal error, where there is none. */
export const tmdbFailureOf = (status: number): Answer => ({ ...tmdbFailure(usual[status] ?? 11), status });
