import { randomUUID } from 'node:crypto';

/** 'workflow_' and an id that sorts by time: milliseconds in base 36, then 64 random bits. */
export function newWorkflowId(): string {
  const time = Date.now().toString(36).padStart(9, '0');
  return `workflow_${time}${randomUUID().replaceAll('-', '').slice(0, 16)}`;
}
