import { type Answer, htmlPage } from '../answer.js';
import { rateHeaders } from '../arrival-window.js';
import type { SandboxService } from '../sandbox-service.js';
import { tmdbFailure, tmdbFailureOf, tmdbStatusOf } from '../tmdb/tmdb-failures.js';
import { legacyError, legacyErrors, namedProblem, xFailure } from '../x/x-problems.js';
import type { SandboxFault, StatusFault } from './fault.js';

const dayMs = 86_400_000;

/** What is answered in place of the right answer. @returns null when the fault leaves an answer to be made */
export function faultAnswer(service: SandboxService, fault: SandboxFault | null, nowMs: number): Answer | null {
  switch (fault?.kind) {
    case 'html':
      return htmlPage(fault.status ?? 502);
    case 'credits':
      return namedProblem(fault.wording ?? 'credits');
    case 'usage-cap': {
      const said = namedProblem('usage-capped', { period: fault.period ?? 'Monthly' });
      return fault.period === 'Daily' ? { ...said, headers: dayHeaders(nowMs) } : said;
    }
    case 'status':
      return statusAnswer(service, fault, nowMs);
    default:
      return null;
  }
}

function statusAnswer(service: SandboxService, fault: StatusFault, nowMs: number): Answer {
  const { status, isEmpty, retryAfterSec, resetInSec, headers } = fault;
  const said = service === 'tmdb' ? tmdbBody(fault) : xBody(fault);
  return {
    status,
    ...(isEmpty === true ? {} : { body: said.body }),
    headers: {
      ...(retryAfterSec === undefined ? {} : { 'retry-after': String(retryAfterSec) }),
      ...(resetInSec === undefined || service === 'tmdb'
        ? {}
        : rateHeaders({ limit: 450, remaining: 0, resetAtMs: nowMs + resetInSec * 1000 })),
      ...headers,
    },
  };
}

/** A code of the other service is not meant for this one. */
const tmdbBody = ({ status, code }: StatusFault): Answer =>
  code !== undefined && tmdbStatusOf(code) === status ? tmdbFailure(code) : tmdbFailureOf(status);

function xBody({ status, code, problem }: StatusFault): Answer {
  if (problem !== undefined) return namedProblem(problem);
  return code !== undefined && legacyErrors[code]?.status === status ? legacyError(code) : xFailure(status);
}

const dayHeaders = (nowMs: number): Readonly<Record<string, string>> => ({
  'x-app-limit-24hour-limit': '100',
  'x-app-limit-24hour-remaining': '0',
  'x-app-limit-24hour-reset': String(Math.ceil((nowMs + dayMs) / 1000)),
});
