const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const dollars = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 3 });

export const number = (value: number): string => whole.format(value);

export const usd = (value: number): string => `$${dollars.format(value)}`;

/** A percentage, never rounded up to 100 nor down to 0 when it is neither. */
export function percent(value: number): string {
  if (value > 99.9 && value < 100) return '99.9 %';
  if (value > 0 && value < 0.1) return '0.1 %';
  return `${Number.isInteger(value) ? value : value.toFixed(1)} %`;
}

/** A time that was measured. */
export function milliseconds(ms: number): string {
  if (ms >= 60_000) return duration(ms);
  if (ms >= 1000) return `${(ms / 1000).toFixed(1)} s`;
  return `${ms >= 10 ? Math.round(ms) : ms.toFixed(1)} ms`;
}

/** A stretch of time in its two largest units: '2 h 5 min', '40 s'. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const units: ReadonlyArray<readonly [size: number, name: string]> = [
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'min'],
    [1, 's'],
  ];
  const first = units.findIndex(([size]) => seconds >= size);
  if (first === -1) return '0 s';
  let rest = seconds;
  const said = units.slice(first, first + 2).map(([size, name]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count === 0 ? '' : `${count} ${name}`;
  });
  return said.filter((text) => text !== '').join(' ');
}

/** The time of day in the reader's own zone. */
export const clock = (at: string | number): string =>
  new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

export const year = (date: string | null): string => (date === null ? '' : ` (${date.slice(0, 4)})`);

/** 'store_collection' as people write it. */
export const words = (name: string): string => name.replaceAll('_', ' ');

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${number(count)} ${count === 1 ? one : many}`;
