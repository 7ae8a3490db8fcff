/**
 * Draws a tree of calls as a flame graph: callers below, each as wide as the thread was busy or blocked in it. Idle time is
 * left out, and so is a frame with less than 0.3 % of the rest.
 */
import { type Frame, type Group, groups } from './call-tree.ts';

const [width, margin, rowHeight, top, letterWidth] = [1200, 8, 18, 50, 7.3];
const leastShare = 0.003;
const colours: Record<Group, string> = {
  reelflow: '#f4a261',
  'this benchmark': '#f3dc8c',
  node_modules: '#a3c9ea',
  Node: '#b8dba6',
  'V8 and GC': '#d3d4d8',
};

interface Placed {
  readonly frame: Frame;
  readonly depth: number;
  readonly fromUs: number;
}

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
/** As much of it as so many letters hold; nothing where that would say nothing. */
const inside = (text: string, letters: number): string =>
  text.length <= letters ? text.trim() : letters < 5 ? '' : `${text.slice(0, letters - 1).trim()}…`;

function place(frame: Frame, leastUs: number, depth = 0, fromUs = 0): Placed[] {
  const callees = [...frame.callees.values()].filter(({ totalUs }) => totalUs >= leastUs);
  let nextUs = fromUs;
  const above = callees
    .toSorted((one, other) => other.totalUs - one.totalUs)
    .map((callee) => {
      const placed = place(callee, leastUs, depth + 1, nextUs);
      nextUs += callee.totalUs;
      return placed;
    });
  return [{ frame, depth, fromUs }, ...above.flat()];
}

function selfOf(frame: Frame, group: Group): number {
  const own = frame.group === group ? frame.selfUs : 0;
  return [...frame.callees.values()].reduce((sum, callee) => sum + selfOf(callee, group), own);
}

/** @param title says what was profiled */
export function flame(root: Frame, title: string): string {
  const placed = place(root, root.totalUs * leastShare);
  const height = top + (Math.max(...placed.map(({ depth }) => depth)) + 1) * rowHeight + margin;
  const scale = (width - 2 * margin) / root.totalUs;
  const frames = placed.map(({ frame: { name, source, group, selfUs, totalUs }, depth, fromUs }) => {
    const [x, y] = [margin + fromUs * scale, height - margin - (depth + 1) * rowHeight];
    const shares = `${percent(totalUs / root.totalUs)}, itself ${percent(selfUs / root.totalUs)}`;
    const letters = Math.floor((totalUs * scale - 6) / letterWidth);
    const label = `${name} ${source}`.trim();
    const text = inside(`${name} ${source.slice(source.lastIndexOf('/') + 1)}`.replace('(anonymous) ', ''), letters);
    return `<rect class="g${groups.indexOf(group)}" x="${x.toFixed(1)}" y="${y}" width="${(totalUs * scale).toFixed(1)}" height="${rowHeight}"><title>${escaped(`${label}: ${shares}`)}</title></rect>${text && `<text x="${(x + 3).toFixed(1)}" y="${y + 13}">${escaped(text)}</text>`}`;
  });
  const key = groups.map((group, index) => {
    const x = margin + index * 236;
    return `<rect class="g${index}" x="${x}" y="28" width="12" height="12"/><text x="${x + 17}" y="38">${group} ${percent(selfOf(root, group) / root.totalUs)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">
<style>
  svg { background: #fff; font: 12px ui-monospace, Menlo, Consolas, monospace } text { fill: #1c1d1f; pointer-events: none } rect { stroke: #fff; stroke-width: .5 }
  ${groups.map((group, index) => `.g${index} { fill: ${colours[group]} }`).join(' ')}
</style>
<text x="${margin}" y="18">${escaped(title)}</text>
${[...key, ...frames].join('\n')}
</svg>
`;
}
