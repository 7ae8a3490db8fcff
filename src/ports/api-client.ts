import type { ApiPolicy } from './api-policy.js';

/** What every provider's client has in common. Safe to call concurrently; it never retries, waits or limits by itself. */
export interface ApiClient {
  /** Stable, such as 'tmdb': the name in statistics, errors and events. */
  readonly name: string;
  /** What the provider is known to bear; the host's options win over it, field by field. */
  readonly defaultPolicy?: ApiPolicy;
  /** Frees sockets and timers. Called once, by the manager's `close()`. */
  close?(): Promise<void>;
}
