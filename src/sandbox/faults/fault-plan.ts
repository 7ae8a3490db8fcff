import type { SandboxService } from '../sandbox-service.js';
import type { SandboxFault } from './fault.js';
import { isOfX } from './fault-rules.js';

/** Decides which fault, if any, hits a request: the first in the list that fits. */
export class FaultPlan {
  #faults: Array<{ readonly fault: SandboxFault; passed: number; hit: number }> = [];

  set(faults: readonly SandboxFault[]): void {
    this.#faults = faults.map((fault) => ({ fault: { ...fault }, passed: 0, hit: 0 }));
  }

  next(service: SandboxService, path: string): SandboxFault | null {
    for (const entry of this.#faults) {
      const { fault } = entry;
      if ((fault.service ?? (isOfX(fault) ? 'x' : service)) !== service) continue;
      if (typeof fault.path === 'string' && !path.includes(fault.path)) continue;
      if (fault.path instanceof RegExp && path.search(fault.path) === -1) continue;
      if (entry.passed < (fault.after ?? 0)) {
        entry.passed += 1;
        continue;
      }
      if (entry.hit >= (fault.times ?? Number.POSITIVE_INFINITY)) continue;
      entry.hit += 1;
      return fault;
    }
    return null;
  }
}
