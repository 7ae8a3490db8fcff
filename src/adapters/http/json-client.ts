import ky, { type KyInstance } from 'ky';
import { toReelflowError } from '../../errors/classify-error.js';
import { isReelflowError, ReelflowError } from '../../errors/reelflow-error.js';
import { readBody } from './read-body.js';

export interface JsonRequest {
  /** Below the base URL, without a slash at its beginning. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

export interface JsonAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON, or undefined when the body is none. */
  readonly body: unknown;
}

export interface JsonClientSettings {
  readonly name: string;
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly fetch: typeof globalThis.fetch | undefined;
}

/**
 * One GET request over ky, without its retries and timeouts: those are the coordinator's. Answers of any status are
 * returned. What fails on the way becomes a ReelflowError without the URL: a key in it must not leak.
 */
export class JsonClient {
  readonly #name: string;
  readonly #http: KyInstance;

  constructor({ name, baseUrl, headers, fetch }: JsonClientSettings) {
    this.#name = name;
    this.#http = ky.create({
      prefix: baseUrl,
      headers: { accept: 'application/json', ...headers },
      retry: 0,
      timeout: false,
      throwHttpErrors: false,
      redirect: 'error', // a credential must not follow to another host
      fetch: fetch ?? ((input, init) => globalThis.fetch(input, init)),
    });
  }

  async get({ path, query, headers = {}, signal }: JsonRequest): Promise<JsonAnswer> {
    try {
      const response = await this.#http.get(path, { searchParams: query, headers, signal });
      const text = await readBody(response);
      return { status: response.status, headers: response.headers, body: parseJson(text) };
    } catch (thrown) {
      throw this.#translate(thrown, signal);
    }
  }

  #translate(thrown: unknown, signal: AbortSignal): ReelflowError {
    if (isReelflowError(thrown)) return thrown;
    if (signal.aborted) {
      if (isReelflowError(signal.reason)) return signal.reason;
      return new ReelflowError('CANCELLED', `the request to ${this.#name} was aborted`);
    }
    // The original is not kept as cause: messages and requests in it hold the URL.
    const { code } = toReelflowError(thrown, 'api');
    const known = code === 'API_TIMEOUT' || code === 'API_NETWORK' ? code : 'API_NETWORK';
    const reason = systemCode(thrown);
    return new ReelflowError(known, `${this.#name} could not be reached${reason === undefined ? '' : `: ${reason}`}`, {
      details: reason === undefined ? {} : { reason },
    });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The code of the system or of undici, such as ECONNREFUSED. */
function systemCode(thrown: unknown): string | undefined {
  let cause = thrown;
  for (let depth = 0; depth < 5 && typeof cause === 'object' && cause !== null; depth += 1) {
    if ('code' in cause && typeof cause.code === 'string' && /^[A-Z_]{3,40}$/.test(cause.code)) return cause.code;
    cause = 'cause' in cause ? cause.cause : undefined;
  }
  return undefined;
}
