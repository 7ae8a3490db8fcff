/** The part of a manager that is observed: an AutomatedWorkflowManager fits. */
export interface ObservedManager {
  getAutomationStatistics(): ObservedStatistics;
  getStatus(): Promise<ObservedStatus>;
  readonly closing: AbortSignal;
}

export interface ObservedStatistics {
  readonly coordinatorStats: {
    readonly apiCalls: { readonly byApi: Readonly<Record<string, ObservedApi>> };
    readonly databaseOperations: { readonly byOperation: Readonly<Record<string, ObservedTarget>> };
    readonly spend: {
      readonly usdToday: number;
      readonly usdThisMonth: number;
      readonly postsThisMonth: number;
      readonly limits: {
        readonly usdPerDay: number | null;
        readonly usdPerMonth: number | null;
        readonly postsPerMonth: number | null;
      };
    };
  };
  readonly performance: {
    readonly completed: number;
    readonly failed: number;
    readonly cancelled: number;
    readonly degraded: number;
    readonly coalesced: number;
    readonly running: number;
    readonly queued: number;
  };
  readonly cache: {
    readonly hits: number;
    readonly misses: number;
    readonly stale: number;
    readonly failures: number;
  };
  readonly storage: { readonly diverted: number; readonly recovered: number; readonly rejected: number };
}

export interface ObservedTarget {
  readonly circuit: 'closed' | 'open' | 'half_open' | 'off';
}

export interface ObservedApi extends ObservedTarget {
  readonly waitedMs: number;
  readonly quota: { readonly remaining: number; readonly limit: number };
}

export interface ObservedStatus {
  readonly ready: boolean;
  readonly storage: { readonly spooled: number | null; readonly quarantined: number | null };
}
