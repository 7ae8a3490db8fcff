/** Draws how far each row is from what was wanted: bars on a logarithmic scale, from the line of what was wanted. */
import type { Row } from './report.ts';

const [rowHeight, textWidth, barWidth, margin] = [22, 470, 420, 16];
const [least, most] = [1 / 16, 32];

const at = (share: number): number =>
  textWidth + (Math.log2(Math.min(Math.max(share, least), most) / least) / Math.log2(most / least)) * barWidth;
const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
/** Without what the brackets say: the table has it. */
const short = ({ work }: Row): string => {
  const text = work.replace(/ \([^)]*\)/g, '').replaceAll('`', '');
  return text.length > 62 ? `${text.slice(0, 60)} …` : text;
};

export function plot(rows: readonly Row[]): string {
  const height = rows.length * rowHeight + 3 * margin + 24;
  const ticks = [1 / 16, 1 / 4, 1, 4, 16].map((share) => {
    const label = share < 1 ? `1/${1 / share}` : String(share);
    return `<line class="${share === 1 ? 'wanted' : 'tick'}" x1="${at(share).toFixed(1)}" y1="${margin + 18}" x2="${at(share).toFixed(1)}" y2="${height - margin}"/><text class="soft" text-anchor="middle" x="${at(share).toFixed(1)}" y="${margin + 8}">${share === 1 ? 'as wanted' : label}</text>`;
  });
  const bars = rows.map((row, index) => {
    const y = margin + 26 + index * rowHeight;
    const [from, to] = [Math.min(at(1), at(row.ofWanted)), Math.max(at(1), at(row.ofWanted))];
    const kind = row.ofWanted <= 1 ? 'reached' : 'missed';
    return `<text text-anchor="end" x="${textWidth - 10}" y="${y + 12}">${escaped(short(row))}</text><rect class="${kind}" x="${from.toFixed(1)}" y="${y + 2}" width="${Math.max(2, to - from).toFixed(1)}" height="${rowHeight - 8}"><title>${escaped(`${row.work}, beside ${row.beside}: ${row.found}; wanted: ${row.wanted}`)}</title></rect>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${textWidth + barWidth + margin} ${height}" role="img" aria-label="Each benchmark by what was wanted of it: to the left of the line is reached">
<style>
  svg { background: #fff; font: 12px system-ui, sans-serif } text { fill: #1c1d1f } .soft { fill: #5b5f66; font-size: 11px }
  .reached { fill: #1d7a43 } .missed { fill: #b3261e } .tick { stroke: #dcdde0 } .wanted { stroke: #1c1d1f }
</style>
${[...ticks, ...bars].join('\n')}
</svg>
`;
}
