import type { WorkflowEvents } from '../trigger/workflow-events.js';
import type { WorkflowTrigger } from '../trigger/workflow-trigger.js';
import type { PendingDeliveries } from './pending-deliveries.js';
import type { WorkflowCounters } from './workflow-counters.js';

/** Delivers an event of a step: its callbacks are called now and waited for by nobody but `close()`. */
export type EventPublisher = <Event extends keyof WorkflowEvents>(event: Event, data: WorkflowEvents[Event]) => void;

export const createPublisher =
  (trigger: WorkflowTrigger<WorkflowEvents>, pending: PendingDeliveries, counters: WorkflowCounters): EventPublisher =>
  (event, data) => {
    if (event === 'record_rejected') counters.recordRejected();
    pending.add(trigger.deliver(event, data), event);
  };
