import { namedProblems } from '../x/x-problems.js';
import type { SandboxFault } from './fault.js';

export interface Rule {
  readonly fits: (value: unknown) => boolean;
  /** Follows the option's name in the message. */
  readonly must: string;
  readonly isRequired?: boolean;
}

export const longestMs = 600_000;

const whole = (from: number, to = Number.MAX_SAFE_INTEGER): Rule => ({
  fits: (value) => Number.isInteger(value) && Number(value) >= from && Number(value) <= to,
  must: `must be a whole number from ${from} ${to === Number.MAX_SAFE_INTEGER ? 'up' : `to ${to}`}`,
});
const oneOf = (...choices: readonly string[]): Rule => ({
  fits: (value) => typeof value === 'string' && choices.includes(value),
  must: `must be ${choices.map((choice) => `'${choice}'`).join(' or ')}`,
});
const required = (rule: Rule): Rule => ({ ...rule, isRequired: true });
const text: Rule = { fits: (value) => typeof value === 'string' && value !== '', must: 'must be a text' };
const duration: Rule = required({
  fits: (value) => typeof value === 'number' && value >= 0 && value <= longestMs,
  must: `must be from 0 to ${longestMs} milliseconds`,
});

/** The options that every fault has. */
export const targetRules: Readonly<Record<string, Rule>> = {
  service: oneOf('tmdb', 'x'),
  path: {
    fits: (value) => typeof value === 'string' || value instanceof RegExp,
    must: 'must be a part of the path, or a pattern',
  },
  after: whole(0),
  times: whole(1),
};

/** The options of each kind. */
export const faultRules: Readonly<Record<SandboxFault['kind'], Readonly<Record<string, Rule>>>> = {
  status: {
    status: required(whole(300, 599)),
    code: whole(1),
    problem: oneOf(...Object.keys(namedProblems)),
    isEmpty: { fits: (value) => typeof value === 'boolean', must: 'must be true or false' },
    retryAfterSec: whole(0),
    resetInSec: whole(0),
    headers: {
      fits: (value) =>
        typeof value === 'object' && value !== null && Object.values(value).every((one) => typeof one === 'string'),
      must: 'must be an object of texts',
    },
  },
  html: { status: whole(200, 599) },
  timeout: {},
  reset: {},
  truncated: {},
  stalled: {},
  slow: { ms: duration },
  'slow-body': { ms: duration },
  'no-headers': {},
  'wrong-type': { field: text },
  'invalid-record': {},
  'repeated-page': {},
  'empty-page': {},
  'short-page': { count: whole(1, 100) },
  credits: { wording: oneOf('credits', 'credits-depleted') },
  'usage-cap': { period: oneOf('Monthly', 'Daily') },
};

/** Whether only X has this fault. */
export const isOfX = (fault: SandboxFault): boolean =>
  fault.kind === 'credits' || fault.kind === 'usage-cap' || (fault.kind === 'status' && fault.problem !== undefined);
