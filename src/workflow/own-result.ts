import type { WorkflowResult } from '../domain/workflow-run.js';

/** A result whose lists are its holder's own: who sorts or cuts them in place does so for nobody else. */
export const ownResult = (result: WorkflowResult): WorkflowResult => ({
  ...result,
  ...(result.candidates === undefined ? {} : { candidates: [...result.candidates] }),
  recommendations: [...result.recommendations],
  steps: [...result.steps],
  errors: [...result.errors],
});
