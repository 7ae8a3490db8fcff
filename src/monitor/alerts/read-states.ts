import type { TargetStatistics } from '../../coordinator/coordinator-statistics.js';
import type { PartDown } from '../../workflow/manager-status.js';
import type { StatisticsSample } from '../statistics-recorder.js';
import type { CircuitOpenRule, PartDownRule } from './alert-rule.js';
import type { Reading } from './reading.js';

const parts = ['database', 'spool', 'cache'] as const;

export function readCircuits({ of }: CircuitOpenRule) {
  return ({ statistics: { coordinatorStats } }: StatisticsSample): readonly Reading[] => {
    const read = (prefix: string, targets: Readonly<Record<string, TargetStatistics>>): Reading[] =>
      Object.entries(targets)
        .map(([name, { circuit }]) => ({ subject: `${prefix}:${name}`, circuit }))
        .filter(({ subject }) => of === undefined || of === subject)
        .map(({ subject, circuit }) => ({
          subject,
          state: circuit === 'open' || circuit === 'half_open' ? 'bad' : 'good',
          value: null,
          says: 'its breaker is open',
        }));
    return [
      ...read('api', coordinatorStats.apiCalls.byApi),
      ...read('operation', coordinatorStats.databaseOperations.byOperation),
    ];
  };
}

export function readSpool() {
  return ({ status }: StatisticsSample): readonly Reading[] => {
    const spooled = status?.storage.spooled ?? null;
    if (spooled === null) return [{ subject: 'spool', state: 'unknown', value: null, says: '' }];
    const says = `${spooled} ${spooled === 1 ? 'write waits' : 'writes wait'} for the database`;
    return [{ subject: 'spool', state: spooled > 0 ? 'bad' : 'good', value: spooled, says }];
  };
}

export function readParts({ of }: PartDownRule) {
  return ({ status }: StatisticsSample): readonly Reading[] =>
    parts
      .filter((part) => of === undefined || of === part)
      .map((subject) => {
        if (status === null) return { subject, state: 'unknown', value: null, says: '' };
        const down = status.down.find(({ part }) => part === subject);
        return { subject, state: down === undefined ? 'good' : 'bad', value: null, says: isDown(down) };
      });
}

export function readReady() {
  return ({ status }: StatisticsSample): readonly Reading[] => [
    {
      subject: 'manager',
      state: status === null ? 'unknown' : status.ready ? 'good' : 'bad',
      value: null,
      says: `nothing can be stored; down: ${status?.down.map(({ part }) => part).join(', ')}`,
    },
  ];
}

const isDown = (down: PartDown | undefined): string =>
  `it is down${down?.error === undefined || down.error === null ? '' : ` with ${down.error.code}`}`;
