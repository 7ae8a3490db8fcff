import type { JsonAnswer } from '../../adapters/http/json-client.js';
import { toReelflowError } from '../../errors/classify-error.js';
import { askOnce } from '../parts/ask-once.js';
import { isSandboxed } from '../parts/is-sandboxed.js';
import type { Settings } from '../settings/settings.js';
import { type Finding, failed, ok, skipped, warning } from './finding.js';

export interface CheckedKey {
  readonly finding: Finding;
  /** Of the answer, for the clock; null: there was none. */
  readonly date: string | null;
}

export interface KeyCheckOptions {
  readonly signal: AbortSignal;
  /** Only the shape of the keys is looked at. */
  readonly offline: boolean;
}

const tmdbFix = 'copy the API Read Access Token from https://www.themoviedb.org/settings/api into TMDB_ACCESS_TOKEN';
const xFix = 'copy the Bearer Token of your app from https://console.x.com into X_BEARER_TOKEN';

/** `GET /3/authentication`: free, and made for this. */
export async function checkTmdbKey(settings: Settings, { signal, offline }: KeyCheckOptions): Promise<CheckedKey> {
  const check = 'tmdb key';
  const { tmdbAccessToken: key, tmdbBaseUrl: baseUrl = 'https://api.themoviedb.org' } = settings;
  if (key === undefined) return noKey(check, isSandboxed(settings), tmdbFix);
  const isV3 = /^[0-9a-f]{32}$/i.test(key);
  if (!isV3 && !/^[\x21-\x7e]+$/.test(key)) return shapeless(check, tmdbFix);
  if (offline) {
    if (isV3 || key.startsWith('eyJ'))
      return { finding: ok(check, 'has the shape of one; it was not tried'), date: null };
    return {
      finding: warning(check, 'looks neither like a token (eyJ...) nor like a key (32 hex digits)', tmdbFix),
      date: null,
    };
  }
  const token = isV3 ? undefined : key;
  const query = isV3 ? { api_key: key } : {};
  return asked(check, { name: 'TMDB', baseUrl, path: '3/authentication', query, token, signal }, ({ status }) => {
    if (status === 200) return ok(check, 'TMDB takes it');
    if (status === 401 || status === 403) return failed(check, `TMDB refuses it (${status})`, tmdbFix);
    return warning(check, `TMDB answered ${status}: the key could not be checked`, 'try again in a minute');
  });
}

/**
 * A search without its query: X checks the token and refuses the request. Nothing else of X is free, and X charges for
 * posts that it returns, not for requests that fail.
 */
export async function checkXKey(settings: Settings, { signal, offline }: KeyCheckOptions): Promise<CheckedKey> {
  const check = 'x key';
  const { xBearerToken: token, xBaseUrl: baseUrl = 'https://api.x.com' } = settings;
  if (token === undefined) return noKey(check, isSandboxed(settings), xFix);
  if (!/^[\x21-\x7e]+$/.test(token)) return shapeless(check, xFix);
  if (offline) return { finding: ok(check, 'is one word; it was not tried'), date: null };
  return asked(check, { name: 'X', baseUrl, path: '2/tweets/search/recent', token, signal }, ({ status }) => {
    if (status === 400) return ok(check, 'X takes it (asked by a request without a query, which costs nothing)');
    if (status === 401) return failed(check, 'X refuses it (401)', xFix);
    if (status === 402)
      return failed(check, 'the account is out of credit (402)', 'buy credit at https://console.x.com');
    if (status === 403)
      return failed(
        check,
        'the app may not search (403)',
        'give the app access to recent search at https://console.x.com',
      );
    if (status === 429) return warning(check, 'X takes it, but the window is used up (429)', 'wait 15 minutes');
    return warning(check, `X answered ${status}: the key could not be checked`, 'try again in a minute');
  });
}

async function asked(
  check: string,
  question: Parameters<typeof askOnce>[0],
  judge: (answer: JsonAnswer) => Finding,
): Promise<CheckedKey> {
  try {
    const answer = await askOnce(question);
    return { finding: judge(answer), date: answer.headers.get('date') };
  } catch (thrown) {
    const { message } = toReelflowError(thrown, 'api');
    const fix = 'check the network, a proxy and the firewall; or look at the shape alone with --offline';
    return { finding: failed(check, message, fix), date: null };
  }
}

function noKey(check: string, isSandbox: boolean, fix: string): CheckedKey {
  if (isSandbox)
    return { finding: warning(check, 'is not set: searches run on the sandbox, with invented posts', fix), date: null };
  const isTmdb = check === 'tmdb key';
  return {
    finding: isTmdb
      ? failed(check, 'is not set, and a search begins there', fix)
      : warning(check, 'is not set: no posts are collected', fix),
    date: null,
  };
}

const shapeless = (check: string, fix: string): CheckedKey => ({
  finding: failed(check, 'is not one word of ASCII characters: was a line break or a space copied with it?', fix),
  date: null,
});

/** Told from the answers to the key checks. */
export function checkClock(dates: ReadonlyArray<string | null>, nowMs: number): Finding {
  const [date] = dates.filter((one) => one !== null);
  const theirs = Date.parse(date ?? '');
  if (Number.isNaN(theirs)) return skipped('clock', 'nobody was asked who could tell the time');
  const skewSec = Math.round((nowMs - theirs) / 1000);
  if (Math.abs(skewSec) <= mostSkewSec) return ok('clock', `within ${mostSkewSec} s of theirs`);
  const much = `${Math.abs(skewSec)} s ${skewSec > 0 ? 'ahead of' : 'behind'} theirs`;
  return warning(
    'clock',
    `${much}: pauses that they ask for may be cut short or drawn out`,
    'set the clock by NTP, such as timedatectl set-ntp true',
  );
}

const mostSkewSec = 5;
