import type { SandboxService } from '../sandbox-service.js';
import type { XProblemName } from '../x/x-problems.js';

interface FaultTarget {
  /** @default both, or the one that knows the fault */
  readonly service?: SandboxService | undefined;
  /** Part of the path, or a pattern of it. @default every path */
  readonly path?: string | RegExp | undefined;
  /** Requests that pass before it begins. @default 0 */
  readonly after?: number | undefined;
  /** Requests it hits. @default all */
  readonly times?: number | undefined;
}

/** An error answer in the provider's words. */
export interface StatusFault {
  readonly kind: 'status';
  readonly status: number;
  /** TMDB's status_code, or 88 (429) or 130 (503) for X's old bodies. It must belong to the status. @default the usual one */
  readonly code?: number | undefined;
  /** One of X's problems by name. It must belong to the status. @default the usual one */
  readonly problem?: XProblemName | undefined;
  /** No body at all. @default false */
  readonly isEmpty?: boolean | undefined;
  /** The header Retry-After. @default none */
  readonly retryAfterSec?: number | undefined;
  /** X's rate-limit headers, with a window that ends then. @default none */
  readonly resetInSec?: number | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

type FaultKind =
  | StatusFault
  /** A page of an edge server, as HTML. @default status 502 */
  | { readonly kind: 'html'; readonly status?: number | undefined }
  /** No answer at all. */
  | { readonly kind: 'timeout' }
  /** The connection is cut. */
  | { readonly kind: 'reset' }
  /** The right answer, cut in its middle. */
  | { readonly kind: 'truncated' }
  /** Half of the right answer; the rest never comes. */
  | { readonly kind: 'stalled' }
  /** The right answer, this much later. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** The headers at once, the body in small pieces over this time. */
  | { readonly kind: 'slow-body'; readonly ms: number }
  /** The right answer without rate-limit headers, Retry-After, ETag and Cache-Control. */
  | { readonly kind: 'no-headers' }
  /** A number as a text or the other way round, in the first record that has the field. @default field 'id' */
  | { readonly kind: 'wrong-type'; readonly field?: string | undefined }
  /** A record that cannot be used, in the middle of the good ones. */
  | { readonly kind: 'invalid-record' }
  /** The first page again and again: TMDB whichever page is asked, X with the same next_token for ever. */
  | { readonly kind: 'repeated-page' }
  /** A page of nothing. X's has a next_token that leads to what was left out. */
  | { readonly kind: 'empty-page' }
  /** A page of few records; X's next_token leads to the rest. @default count 1 */
  | { readonly kind: 'short-page'; readonly count?: number | undefined }
  /** X's 402: no money, in one of its two wordings. @default wording 'credits' */
  | { readonly kind: 'credits'; readonly wording?: 'credits' | 'credits-depleted' | undefined }
  /** X's 429 for a cap. 'Daily' comes with the 24-hour headers. @default period 'Monthly' */
  | { readonly kind: 'usage-cap'; readonly period?: 'Monthly' | 'Daily' | undefined };

/** Something that goes wrong. */
export type SandboxFault = FaultTarget & FaultKind;
