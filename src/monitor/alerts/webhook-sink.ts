import { createHash } from 'node:crypto';
import { AutomatedCoordinator } from '../../coordinator/automated-coordinator.js';
import type { ErrorCode } from '../../errors/error-code.js';
import { ReelflowError } from '../../errors/reelflow-error.js';
import type { AlertNotice } from './alert-notice.js';
import type { AlertSink } from './alert-sink.js';
import { webhookKey, webhookSignature } from './webhook-signature.js';

/** However long a receiver asks to be left alone: the notices behind this one wait too, and some wake somebody. */
const longestWaitMs = 60_000;

export interface WebhookSinkOptions {
  /** Where notices are posted. It reaches no log line and no error: such addresses are often secrets themselves. */
  readonly url: string;
  /** `whsec_` and 24 to 64 bytes in base64: signs what is sent, and is never sent. */
  readonly secret: string;
  /** For log lines. @default 'webhook' */
  readonly name?: string | undefined;
  /** Time for one attempt, in milliseconds. @default 10000 */
  readonly timeoutMs?: number | undefined;
  /** Attempts after the first, for one notice. @default 5 */
  readonly maxRetries?: number | undefined;
  /** Wait before the first retry, in milliseconds; doubled after each, with jitter. @default 1000 */
  readonly retryDelayMs?: number | undefined;
  /** Chance for the jitter, in [0, 1). @default Math.random */
  readonly random?: (() => number) | undefined;
}

/**
 * Posts each notice as JSON, `{ type: 'alert.began' | 'alert.ended', timestamp, data: notice }`, signed by HMAC-SHA256 as
 * Standard Webhooks say: `webhook-id` (the same for every attempt, so that the receiver can drop what came twice),
 * `webhook-timestamp` and `webhook-signature`. 2xx is delivered; connection failures, timeouts, 408, 429 and 5xx are
 * tried again; anything else, a redirect too, costs the notice. Its retries are a coordinator's of its own: a webhook
 * that fails moves no statistics that a rule looks at, and so cannot cause an alert.
 * @throws INVALID_OPTIONS
 */
export class WebhookSink implements AlertSink {
  readonly name: string;
  readonly #url: string;
  readonly #key: Buffer;
  readonly #coordinator: AutomatedCoordinator;

  constructor(options: WebhookSinkOptions) {
    const { url, secret, name = 'webhook', timeoutMs, maxRetries = 5, retryDelayMs = 1000, random } = options ?? {};
    this.#url = checkUrl(url);
    this.#key = webhookKey(secret);
    if (typeof name !== 'string' || name === '') refuse('name must be a text');
    this.name = name;
    this.#coordinator = new AutomatedCoordinator({ maxRetries, retryDelayMs, timeoutMs, random, jitter: 'full' });
    // Notices are few and come one at a time; a breaker would drop what a longer wait delivers.
    this.#coordinator.configureApi(name, { limits: [], breaker: false });
  }

  async notify(notice: AlertNotice, { signal }: { readonly signal: AbortSignal }): Promise<void> {
    const id = `msg_${createHash('sha256').update(`${notice.state}/${notice.alertId}`).digest('hex').slice(0, 32)}`;
    const body = JSON.stringify({ type: `alert.${notice.state}`, timestamp: notice.at, data: notice });
    const sent = await this.#coordinator.coordinateApiCall(this.name, (call) => this.#post(id, body, call.signal), {
      signal,
    });
    if (!sent.success) throw new ReelflowError(sent.error.code, sent.error.message);
  }

  close(): Promise<void> {
    return this.#coordinator.close();
  }

  async #post(id: string, body: string, signal: AbortSignal): Promise<void> {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const response = await this.#fetch({
      method: 'POST',
      redirect: 'manual', // what is signed for one receiver goes to no other
      headers: {
        'content-type': 'application/json',
        'user-agent': 'reelflow',
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': webhookSignature(this.#key, id, timestamp, body),
      },
      body,
      signal,
    });
    await response.body?.cancel();
    if (response.ok) return;
    const retryAfter = response.headers.get('retry-after') ?? '';
    throw new ReelflowError(codeOf(response.status), `${this.name} answered ${response.status}`, {
      ...(/^\d{1,9}$/.test(retryAfter) ? { retryAfterMs: Math.min(Number(retryAfter) * 1000, longestWaitMs) } : {}),
      details: { status: response.status },
    });
  }

  /** fetch, with errors that do not hold the address. */
  async #fetch(init: RequestInit): Promise<Response> {
    try {
      return await fetch(this.#url, init);
    } catch {
      init.signal?.throwIfAborted();
      throw new ReelflowError('API_NETWORK', `${this.name} could not be reached`);
    }
  }
}

function codeOf(status: number): ErrorCode {
  if (status === 408) return 'API_TIMEOUT';
  if (status === 429) return 'API_RATE_LIMITED';
  return status >= 500 ? 'API_UNAVAILABLE' : 'API_BAD_REQUEST';
}

function checkUrl(given: string): string {
  const url = URL.canParse(given)
    ? new URL(given)
    : refuse('url must be a URL such as https://alerts.example.com/reelflow');
  if (url.username !== '' || url.password !== '') refuse('url must hold no user name and no password');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') refuse('url must begin with https:// or http://');
  return url.href;
}

function refuse(why: string): never {
  throw new ReelflowError('INVALID_OPTIONS', `WebhookSink: ${why}`);
}
