import type { SandboxService } from './sandbox-service.js';

interface FaultTarget {
  /** @default both */
  readonly service?: SandboxService;
  /** Part of the path, or a pattern of it. @default every path */
  readonly path?: string | RegExp;
  /** Requests that pass before it begins. @default 0 */
  readonly after?: number;
  /** Requests it hits. @default all */
  readonly times?: number;
}

/** Something that goes wrong. */
export type SandboxFault = FaultTarget &
  (
    | {
        readonly kind: 'status';
        readonly status: number;
        readonly retryAfterSec?: number;
        readonly headers?: Readonly<Record<string, string>>;
      }
    /** A page of an edge server, as HTML. @default status 502 */
    | { readonly kind: 'html'; readonly status?: number }
    /** No answer at all. */
    | { readonly kind: 'timeout' }
    /** The connection is cut. */
    | { readonly kind: 'reset' }
    /** The right answer, cut in its middle. */
    | { readonly kind: 'truncated' }
    /** The right answer, this much later. */
    | { readonly kind: 'slow'; readonly ms: number }
    /** 402: no money, in one of X's two wordings. */
    | { readonly kind: 'credits'; readonly wording?: 'credits' | 'credits-depleted' }
    /** 429: the monthly cap. */
    | { readonly kind: 'usage-cap' }
    /** The right answer without rate-limit headers. */
    | { readonly kind: 'no-headers' }
  );

/** Decides which fault, if any, hits a request. */
export class FaultPlan {
  #faults: Array<{ readonly fault: SandboxFault; passed: number; hit: number }> = [];

  set(faults: readonly SandboxFault[]): void {
    this.#faults = faults.map((fault) => ({ fault, passed: 0, hit: 0 }));
  }

  next(service: SandboxService, path: string): SandboxFault | null {
    for (const entry of this.#faults) {
      const { fault } = entry;
      if (fault.service !== undefined && fault.service !== service) continue;
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
