import { type JsonAnswer, JsonClient } from '../../adapters/http/json-client.js';
import { ReelflowError } from '../../errors/reelflow-error.js';
import { linkSignal } from '../../resilience/linked-signal.js';

export interface Question {
  /** Who is asked, as errors name it. */
  readonly name: string;
  readonly baseUrl: string;
  /** Below the base URL. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly token: string | undefined;
  readonly signal: AbortSignal;
}

const timeoutMs = 10_000;

/** One GET request, one attempt. Answers of any status are returned. @throws API_NETWORK, API_TIMEOUT, CANCELLED */
export async function askOnce({ name, baseUrl, path, query = {}, token, signal }: Question): Promise<JsonAnswer> {
  const client = new JsonClient({
    name,
    baseUrl: baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    fetch: undefined,
  });
  const linked = linkSignal(signal);
  const late = new ReelflowError('API_TIMEOUT', `${name} has not answered within ${timeoutMs} ms`);
  const timer = setTimeout(() => linked.abort(late), timeoutMs);
  try {
    return await client.get({ path: path.replace(/^\/+/, ''), query, signal: linked.signal });
  } finally {
    clearTimeout(timer);
    linked.dispose();
  }
}
