import { createHmac, timingSafeEqual } from 'node:crypto';
import { ReelflowError } from '../../errors/reelflow-error.js';

/**
 * The key of a secret in the form of Standard Webhooks (standardwebhooks.com): `whsec_` and 24 to 64 bytes in base64.
 * @throws INVALID_OPTIONS, without the secret
 */
export function webhookKey(secret: string): Buffer {
  const encoded = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(typeof secret === 'string' ? secret : '')?.[1] ?? '';
  const key = Buffer.from(encoded, 'base64');
  if (key.length >= 24 && key.length <= 64) return key;
  throw new ReelflowError(
    'INVALID_OPTIONS',
    "the secret of a webhook must be 'whsec_' and 24 to 64 bytes in base64; make one with: echo whsec_$(openssl rand -base64 32)",
  );
}

/** What `webhook-signature` says of a body. */
export const webhookSignature = (key: Buffer, id: string, timestamp: string, body: string): string =>
  `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;

export interface WebhookRequest {
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** As it came: parsing and printing it again would change it. */
  readonly body: string;
}

/**
 * Whether a request comes from a {@link WebhookSink} with this secret, and is of now: for receivers in Node. Any library
 * of Standard Webhooks does the same.
 * @param toleranceMs - how far the sender's clock may be from ours. Default: 5 minutes
 * @throws INVALID_OPTIONS for a secret that is none
 */
export function verifyWebhook(secret: string, { headers, body }: WebhookRequest, toleranceMs = 300_000): boolean {
  const key = webhookKey(secret);
  const id = headerOf(headers, 'webhook-id');
  const timestamp = headerOf(headers, 'webhook-timestamp');
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(Date.now() - Number(timestamp) * 1000) > toleranceMs) return false;
  const expected = Buffer.from(webhookSignature(key, id, timestamp, body));
  const given = headerOf(headers, 'webhook-signature').slice(0, 4096).split(' ');
  return given.map((text) => Buffer.from(text)).some((text) => isSame(text, expected));
}

const isSame = (one: Buffer, other: Buffer): boolean => one.length === other.length && timingSafeEqual(one, other);

function headerOf(headers: WebhookRequest['headers'], name: string): string {
  if (headers instanceof Headers) return headers.get(name) ?? '';
  const value = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return typeof value === 'string' ? value : (value?.[0] ?? '');
}
