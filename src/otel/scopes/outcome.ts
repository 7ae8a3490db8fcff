import type { WorkflowResult } from '../../domain/workflow-run.js';

export function outcomeOf({ success, degraded }: WorkflowResult): 'completed' | 'degraded' | 'failed' {
  if (!success) return 'failed';
  return degraded ? 'degraded' : 'completed';
}

/** Why a search failed; a degraded one did not. */
export function errorOf({ success, steps, errors }: WorkflowResult): string | undefined {
  if (success) return undefined;
  const failed = steps.find(({ status }) => status === 'failed');
  return failed?.error?.code ?? errors.at(-1)?.code ?? 'UNEXPECTED';
}
