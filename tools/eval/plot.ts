/** One figure and what it must reach. */
export interface Bar {
  readonly part: string;
  readonly name: string;
  readonly value: number;
  readonly atLeast: number;
}

const width = 900;
const rowHeight = 22;
const labelWidth = 430;
const most = 2; // twice the goal: what is longer is cut

/** Each figure as a share of its goal, with a line where the goal is: an SVG that needs nothing else. */
export function barChart(bars: readonly Bar[]): string {
  const height = (bars.length + 2) * rowHeight;
  const unit = (width - labelWidth - 90) / most;
  const goalAt = labelWidth + unit;
  const rows = bars.map(({ name, value, atLeast }, index) => {
    const share = atLeast === 0 ? 0 : value / atLeast;
    const y = (index + 1) * rowHeight;
    const length = Math.max(0, Math.min(most, share)) * unit;
    const colour = share >= 1 ? '#2a7f62' : '#b4532a';
    return [
      `<text x="${labelWidth - 8}" y="${y + 15}" text-anchor="end">${escaped(name)}</text>`,
      `<rect x="${labelWidth}" y="${y + 4}" width="${length.toFixed(1)}" height="${rowHeight - 8}" fill="${colour}"/>`,
      `<text x="${(labelWidth + length + 6).toFixed(1)}" y="${y + 15}">${shown(value)} (${shown(atLeast)})</text>`,
    ].join('');
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12" role="img">`,
    '<title>Each figure as a share of its goal; the goal is in brackets</title>',
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...rows,
    `<line x1="${goalAt}" x2="${goalAt}" y1="${rowHeight / 2}" y2="${height - rowHeight / 2}" stroke="#222222" stroke-dasharray="4 3"/>`,
    `<text x="${goalAt}" y="12" text-anchor="middle">the goal</text>`,
    '</svg>',
    '',
  ].join('\n');
}

const shown = (value: number): string =>
  value >= 100 ? String(Math.round(value)) : String(Math.round(value * 1000) / 1000);

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
