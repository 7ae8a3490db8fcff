import type { Logger } from '../ports/logger.js';
import type { CoordinatorEvent } from './coordinator-event.js';

/** One structured line for each failed attempt, wait, breaker change and exhausted budget. */
export function logCoordinatorEvent(logger: Logger, event: CoordinatorEvent): void {
  switch (event.type) {
    case 'attempt_failed': {
      const { type, ...fields } = event;
      const next = event.nextDelayMs === null ? 'giving up' : `next in ${event.nextDelayMs} ms`;
      const name = event.api ?? event.operation;
      logger.warn(
        { event: type, ...fields },
        `[${name}] attempt ${event.attempt} of ${event.maxAttempts} failed: ${event.error.code}; ${next}`,
      );
      return;
    }
    case 'rate_limit_wait': {
      const { type, ...fields } = event;
      logger.debug({ event: type, ...fields }, `[${event.api}] waits ${event.waitMs} ms for a free place`);
      return;
    }
    case 'circuit_opened':
    case 'circuit_closed': {
      const { type, ...fields } = event;
      logger.warn(
        { event: type, ...fields },
        `[${event.api ?? event.operation}] circuit ${type === 'circuit_opened' ? 'opened' : 'closed'}`,
      );
      return;
    }
    case 'budget_exhausted': {
      const { type, ...fields } = event;
      logger.warn(
        { event: type, ...fields },
        `the budget of this ${event.period} is used up: ${event.spentUsd} USD spent`,
      );
      return;
    }
    case 'retry_scheduled':
      return; // said by the line of its failed attempt
  }
}
