import { STATUS_CODES } from 'node:http';
import type { Answer } from '../answer.js';
import { namesOf } from './vocabulary.js';

const { host: oldHost } = namesOf.tweet;

export interface XProblem {
  readonly status: number;
  readonly title: string;
  readonly type: string;
  readonly detail: string;
  readonly more?: object;
}

const typed = (kind: string, host = oldHost): string => `${host}/2/problems/${kind}`;

/** The problems of X that have a name, each as it is on the wire; the sentences are ours. */
export const namedProblems = {
  'invalid-request': {
    status: 400,
    title: 'Invalid Request',
    type: typed('invalid-request'),
    detail: 'A parameter of the request was refused.',
    more: { errors: [{ parameters: {}, message: 'A fault of the sandbox.' }] },
  },
  credits: {
    status: 402,
    title: 'CreditsDepleted',
    type: typed('credits'),
    detail: 'The account [1000000000000000001] has no credits left.',
    more: { account_id: '1000000000000000001' },
  },
  'credits-depleted': {
    status: 402,
    title: 'Payment Required',
    type: typed('credits-depleted', namesOf.post.host),
    detail: 'The credits are used up.',
    more: { status: 402 },
  },
  'client-not-enrolled': {
    status: 403,
    title: 'Client Forbidden',
    type: typed('client-forbidden'),
    detail: 'The app belongs to no project with this access.',
    more: {
      client_id: '10000001',
      reason: 'client-not-enrolled',
      required_enrollment: 'a project with access',
      registration_url: 'https://developer.x.com/en/docs/projects/overview',
    },
  },
  'unsupported-authentication': {
    status: 403,
    title: 'Unsupported Authentication',
    type: typed('unsupported-authentication'),
    detail: 'This kind of token is not taken here.',
    more: { status: 403 },
  },
  'rate-limit-exceeded': {
    status: 429,
    title: 'Too Many Requests',
    type: typed('rate-limit-exceeded', namesOf.post.host),
    detail: 'The limit of the window is reached.',
    more: { status: 429 },
  },
  'usage-capped': {
    status: 429,
    title: 'UsageCapExceeded',
    type: typed('usage-capped'),
    detail: 'The cap of the period is used up.',
    more: { account_id: '1000000000000000001', product_name: 'sandbox', period: 'Monthly', scope: 'Product' },
  },
} as const satisfies Readonly<Record<string, XProblem>>;

export type XProblemName = keyof typeof namedProblems;

/** Bodies of v1.1 that v2 still sends. Source: X, rate limits, for 88; 130 is known from v1.1. */
export const legacyErrors: Readonly<Record<number, { readonly status: number; readonly message: string }>> = {
  88: { status: 429, message: 'Rate limit exceeded' },
  130: { status: 503, message: 'Over capacity' },
};

/** Statuses whose problem has always a type of its own. */
const usual: Readonly<Record<number, XProblemName>> = {
  400: 'invalid-request',
  402: 'credits',
  403: 'client-not-enrolled',
};

const xProblem = ({ status, title, type, detail, more = {} }: XProblem): Answer => ({
  status,
  body: { title, detail, type, ...more },
});

export const namedProblem = (name: XProblemName, more: object = {}): Answer => {
  const problem: XProblem = namedProblems[name];
  return xProblem({ ...problem, more: { ...problem.more, ...more } });
};

export const legacyError = (code: number): Answer => {
  const { status = 500, message = 'A fault of the sandbox.' } = legacyErrors[code] ?? {};
  return { status, body: { errors: [{ code, message }] } };
};

/** The problem that a status stands for. */
export function xFailure(status: number, detail?: string): Answer {
  const name = usual[status];
  if (name !== undefined) return namedProblem(name);
  const title = STATUS_CODES[status] ?? 'Unknown';
  return xProblem({ status, title, type: 'about:blank', detail: detail ?? title, more: { status } });
}
