import { element, shape } from '../dom.js';
import { number, percent, plural } from '../format.js';
import type { WireAnalysis } from '../wire.js';

const kinds = ['positive', 'neutral', 'negative'] as const;

/** The opinions as one bar in three parts, the same in words beside it, and what they rest on. */
export function sentimentPicture(analysis: WireAnalysis): HTMLElement {
  const {
    distribution,
    reviews_analyzed: count,
    unscored,
    average_sentiment: average,
    confidence_interval: interval,
  } = analysis;
  if (count === 0)
    return element(
      'p',
      { class: 'soft' },
      `No post could be scored${unscored > 0 ? `; ${plural(unscored, 'post')} in languages that are not known` : ''}.`,
    );
  let x = 0;
  const parts = kinds.map((kind) => {
    const width = distribution[`${kind}_percentage`];
    const drawn = shape('rect', {
      class: `part-${kind}`,
      x,
      y: 0,
      width: Math.max(0, width - (width > 1 ? 0.3 : 0)),
      height: 6,
    });
    x += width;
    return drawn;
  });
  const said = kinds.map((kind) => `${percent(distribution[`${kind}_percentage`])} ${kind}`).join(', ');
  const range = interval === null ? '' : ` (95 % between ${signed(interval[0])} and ${signed(interval[1])})`;
  const few = count < 5 ? `; it rests on ${plural(count, 'post')} only` : '';
  return element(
    'figure',
    {},
    shape(
      'svg',
      {
        class: 'opinions',
        viewBox: '0 0 100 6',
        role: 'img',
        'aria-label': `Opinions: ${said}`,
        preserveAspectRatio: 'none',
      },
      shape('title', {}, said),
      ...parts,
    ),
    element(
      'ul',
      { class: 'legend' },
      ...kinds.map((kind) =>
        element(
          'li',
          { class: `dot-${kind}` },
          `${number(distribution[kind])} ${kind}, ${percent(distribution[`${kind}_percentage`])}`,
        ),
      ),
    ),
    element(
      'p',
      { class: 'note' },
      `Average ${signed(average)} on a scale from −1 to +1${range}, of ${plural(count, 'post')}${few}${unscored > 0 ? `; ${number(unscored)} not scored` : ''}.`,
    ),
  );
}

const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
