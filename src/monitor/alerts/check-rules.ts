import { ReelflowError } from '../../errors/reelflow-error.js';
import { shown } from '../../errors/shown.js';
import type { AlertRule } from './alert-rule.js';

const longestMs = 30 * 86_400_000;
const mostRules = 1000;

const subjects: Readonly<
  Record<AlertRule['when'], { readonly fixed: readonly string[]; readonly prefix: RegExp | null }>
> = {
  success_rate: { fixed: ['searches', 'apis', 'database', 'each_api', 'each_operation'], prefix: /^api:./ },
  degraded_share: { fixed: [], prefix: null },
  quota_low: { fixed: [], prefix: /^api:./ },
  budget_low: { fixed: ['day', 'month', 'posts'], prefix: null },
  circuit_open: { fixed: [], prefix: /^(api|operation):./ },
  spool_not_empty: { fixed: [], prefix: null },
  part_down: { fixed: ['database', 'spool', 'cache'], prefix: null },
  not_ready: { fixed: [], prefix: null },
};

/** @throws INVALID_OPTIONS that names the rule and the field */
export function checkRules(rules: readonly AlertRule[]): void {
  if (!Array.isArray(rules) || rules.length === 0 || rules.length > mostRules)
    refuse('rules', `must be an array of 1 to ${mostRules} rules`, rules);
  for (const [index, rule] of rules.entries()) checkRule(`rules[${index}]`, rule);
}

/** The name of a rule that has none of its own. */
export const nameOf = (rule: AlertRule): string =>
  rule.name ?? ('of' in rule && rule.of !== undefined ? `${rule.when} ${rule.of}` : rule.when);

export function checkNames(names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) refuse('rules', `must have different names: give one of those called '${twice}' a name`);
}

function checkRule(at: string, rule: AlertRule): void {
  if (typeof rule !== 'object' || rule === null) refuse(at, 'must be an object', rule);
  if (!Object.hasOwn(subjects, rule.when))
    refuse(`${at}.when`, `must be one of ${Object.keys(subjects).join(', ')}`, rule.when);
  const { name, severity } = rule;
  if (name !== undefined && (typeof name !== 'string' || name === '' || name.length > 200))
    refuse(`${at}.name`, 'must be a text of 1 to 200 characters', name);
  if (![undefined, 'warning', 'critical'].includes(severity))
    refuse(`${at}.severity`, "must be 'warning' or 'critical'", severity);
  between(`${at}.forMs`, rule.forMs, 0, longestMs);
  between(`${at}.clearForMs`, rule.clearForMs, 0, longestMs);
  if ('of' in rule) checkSubject(at, rule.when, rule.of);
  if (rule.when === 'degraded_share') {
    needs(`${at}.above`, rule.above, 0, 99.999);
    between(`${at}.endsAt`, rule.endsAt, 0, rule.above);
    between(`${at}.minimumSearches`, rule.minimumSearches, 1, 1_000_000_000);
  }
  if (rule.when === 'success_rate' || rule.when === 'quota_low' || rule.when === 'budget_low') {
    needs(`${at}.below`, rule.below, Number.MIN_VALUE, 100);
    between(`${at}.endsAt`, rule.endsAt, rule.below, 100);
  }
  if (rule.when === 'success_rate') between(`${at}.minimumCalls`, rule.minimumCalls, 1, 1_000_000_000);
  if ('overMs' in rule) between(`${at}.overMs`, rule.overMs, 1000, longestMs);
}

function checkSubject(at: string, when: AlertRule['when'], of: unknown): void {
  if (of === undefined) return;
  const { fixed, prefix } = subjects[when];
  if (typeof of === 'string' && (fixed.includes(of) || prefix?.test(of) === true)) return;
  const allowed = [
    ...fixed,
    ...(prefix === null ? [] : [when === 'circuit_open' ? 'api:... or operation:...' : 'api:...']),
  ];
  refuse(`${at}.of`, allowed.length === 0 ? `has no meaning for ${when}` : `must be one of ${allowed.join(', ')}`, of);
}

function needs(name: string, value: unknown, from: number, to: number): void {
  if (value === undefined) refuse(name, 'is missing');
  between(name, value, from, to);
}

function between(name: string, value: unknown, from: number, to: number): void {
  if (value === undefined) return;
  if (typeof value === 'number' && value >= from && value <= to) return;
  refuse(
    name,
    from === Number.MIN_VALUE ? `must be above 0 and up to ${to}` : `must be a number from ${from} to ${to}`,
    value,
  );
}

function refuse(name: string, why: string, got?: unknown): never {
  const said = got === undefined ? '' : `, got ${shown(got)}`;
  throw new ReelflowError('INVALID_OPTIONS', `AlertMonitor: ${name} ${why}${said}`);
}
