import { element, part, shape, show } from '../dom.js';
import { duration, number, percent } from '../format.js';
import { type Bucket, type Samples, sum } from '../samples.js';
import type { WireMoment } from '../wire.js';

const height = 48;
const barWidth = 4;
const bars = 60;

/** How the calls of each API and of the database went over time: the height says how many, the red part how many failed. */
export function showRates({ coordinator_stats: { api_calls } }: WireMoment, samples: Samples): void {
  const charts = [
    ...Object.keys(api_calls.by_api).map((name) =>
      chart(
        name,
        samples.buckets(({ apis }) => apis[name]),
        samples,
      ),
    ),
    chart(
      'database',
      samples.buckets(({ database }) => database),
      samples,
    ),
  ];
  show(part('rates'), ...charts);
}

function chart(name: string, buckets: readonly Bucket[], samples: Samples): HTMLElement {
  const { total, failed } = sum(buckets);
  const span = samples.spanMs < 1000 ? 'so far' : `in the last ${duration(samples.spanMs)}`;
  const said =
    total === 0 ? `no call ${span}` : `${percent(((total - failed) / total) * 100)} of ${number(total)} ${span}`;
  return element(
    'figure',
    {},
    element(
      'figcaption',
      {},
      element('strong', {}, name),
      element('span', { class: failed > 0 ? 'wrong' : 'soft' }, said),
    ),
    drawing(`${name}: ${said}`, buckets),
  );
}

function drawing(title: string, buckets: readonly Bucket[]): SVGElement {
  const most = Math.max(1, ...buckets.map(({ total }) => total));
  const first = bars - buckets.length;
  const columns = buckets.flatMap(({ total, failed }, index) => {
    if (total === 0) return [];
    const x = (first + index) * barWidth;
    const full = Math.max(2, (total / most) * height);
    const bad = failed === 0 ? 0 : Math.max(2, (failed / total) * full);
    const rectangle = (kind: string, y: number, tall: number) =>
      tall <= 0 ? null : shape('rect', { class: kind, x, y, width: barWidth - 1, height: tall });
    return [rectangle('bar-good', height - full, full - bad), rectangle('bar-bad', height - bad, bad)];
  });
  return shape(
    'svg',
    {
      class: 'chart',
      viewBox: `0 0 ${bars * barWidth} ${height + 1}`,
      role: 'img',
      'aria-label': title,
      preserveAspectRatio: 'none',
    },
    shape('title', {}, title),
    shape('line', { class: 'axis', x1: 0, x2: bars * barWidth, y1: height + 0.5, y2: height + 0.5 }),
    ...columns,
  );
}
