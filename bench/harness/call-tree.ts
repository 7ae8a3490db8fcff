/** The calls in a V8 CPU profile as a tree. Idle time is left out of it. */
import type { Profiler } from 'node:inspector';
import type { Span } from './ours.ts';
import { sourceOf } from './source-of.ts';

export const groups = ['reelflow', 'this benchmark', 'node_modules', 'Node', 'V8 and GC'] as const;
export type Group = (typeof groups)[number];

/** A function as it was called by those below it. */
export interface Frame {
  readonly name: string;
  readonly source: string;
  readonly group: Group;
  readonly callees: Map<string, Frame>;
  selfUs: number;
  totalUs: number;
}

const frame = (name: string, source: string, group: Group): Frame => ({
  name,
  source,
  group,
  callees: new Map(),
  selfUs: 0,
  totalUs: 0,
});

function groupOf(functionName: string, source: string): Group {
  if (/^(src|dist)\//.test(source)) return 'reelflow';
  if (source.startsWith('node_modules/')) return 'node_modules';
  if (source.startsWith('bench/')) return 'this benchmark';
  return functionName.startsWith('(') ? 'V8 and GC' : 'Node'; // such as (garbage collector)
}

function frameOf({ functionName, url, lineNumber, columnNumber }: Profiler.ProfileNode['callFrame']): Frame {
  const source = url === '' ? '' : sourceOf(url, lineNumber, columnNumber);
  const group = groupOf(functionName, source);
  return frame(functionName || '(anonymous)', source.replace('node_modules/', ''), group);
}

/** Microseconds by the id of a node. */
function timesOf({ startTime, samples = [], timeDeltas = [] }: Profiler.Profile, spans: readonly Span[]) {
  const times = new Map<number, number>();
  let at = startTime;
  for (const [index, id] of samples.entries()) {
    at += timeDeltas[index] ?? 0;
    if (spans.length > 0 && !spans.some(([from, to]) => from <= at && at < to)) continue;
    times.set(id, (times.get(id) ?? 0) + (timeDeltas[index + 1] ?? 0));
  }
  return times;
}

/** @param spans outside of which nothing counts, when there are any */
export function treeOf(profile: Profiler.Profile, spans: readonly Span[]): Frame {
  const times = timesOf(profile, spans);
  const { nodes } = profile;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const add = ({ id, children = [] }: Profiler.ProfileNode, into: Frame): number => {
    into.selfUs += times.get(id) ?? 0;
    let totalUs = times.get(id) ?? 0;
    for (const child of children.map((id) => byId.get(id))) {
      if (child === undefined || child.callFrame.functionName === '(idle)') continue;
      const fresh = frameOf(child.callFrame);
      const key = `${fresh.name} ${fresh.source}`;
      const callee = into.callees.get(key) ?? fresh;
      into.callees.set(key, callee);
      totalUs += add(child, callee);
    }
    into.totalUs += totalUs;
    return totalUs;
  };
  const root = frame('all', '', 'V8 and GC');
  if (nodes[0] !== undefined) add(nodes[0], root);
  return root;
}
