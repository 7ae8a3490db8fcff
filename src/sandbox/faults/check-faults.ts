import { ReelflowError } from '../../errors/reelflow-error.js';
import { tmdbStatusOf } from '../tmdb/tmdb-failures.js';
import { legacyErrors, namedProblems } from '../x/x-problems.js';
import type { SandboxFault, StatusFault } from './fault.js';
import { faultRules, isOfX, targetRules } from './fault-rules.js';

/** @throws INVALID_OPTIONS that names the fault, its option, and what would do */
export function checkFaults(faults: readonly SandboxFault[], where: string): void {
  if (!Array.isArray(faults)) refuse(`${where}: faults must be an array, such as [{ kind: 'timeout', times: 1 }]`);
  for (const [index, fault] of faults.entries()) checkFault(fault, `${where}: faults[${index}]`);
}

function checkFault(fault: SandboxFault, where: string): void {
  const kind: unknown = Object(fault).kind;
  if (typeof kind !== 'string' || !Object.hasOwn(faultRules, kind))
    refuse(`${where}.kind must be one of ${Object.keys(faultRules).join(', ')}`);
  const rules = { ...targetRules, ...faultRules[fault.kind] };
  for (const [name, value] of Object.entries(fault)) {
    if (name === 'kind' || value === undefined) continue;
    const rule = rules[name];
    if (rule === undefined)
      refuse(`${where}.${name} is no option of the kind '${kind}', which takes ${Object.keys(rules).join(', ')}`);
    else if (!rule.fits(value)) refuse(`${where}.${name} ${rule.must}`);
  }
  for (const [name, { isRequired, must }] of Object.entries(rules)) {
    if (isRequired && Object(fault)[name] === undefined) refuse(`${where}.${name} ${must}`);
  }
  if (fault.service === 'tmdb' && isOfX(fault)) refuse(`${where}.service must be 'x': TMDB has no such fault`);
  if (fault.kind === 'status') checkStatus(fault, where);
}

function checkStatus({ status, code, problem, service, resetInSec }: StatusFault & SandboxFault, where: string): void {
  if (service === 'tmdb' && resetInSec !== undefined)
    refuse(`${where}.resetInSec must be left out: TMDB has no rate-limit headers`);
  if (problem !== undefined && namedProblems[problem].status !== status)
    refuse(`${where}.status must be ${namedProblems[problem].status} for the problem '${problem}'`);
  if (problem !== undefined && code !== undefined) refuse(`${where} must have code or problem, not both`);
  if (code === undefined) return;
  const meant = [
    ...(service === 'x' ? [] : [tmdbStatusOf(code)]),
    ...(service === 'tmdb' ? [] : [legacyErrors[code]?.status]),
  ].filter((known) => known !== undefined);
  if (meant.length === 0) refuse(`${where}.code must be one of TMDB's status codes, or 88 or 130 for X`);
  if (!meant.includes(status)) refuse(`${where}.status must be ${meant.join(' or ')} for the code ${code}`);
}

function refuse(message: string): never {
  throw new ReelflowError('INVALID_OPTIONS', message);
}
