/** What one look at one subject says. */
export interface Reading {
  /** 'api:tmdb', 'searches', 'budget:day', 'database' ... */
  readonly subject: string;
  /** `between`: neither bad any more nor well enough to end an alert; `unknown`: nothing can be said. */
  readonly state: 'bad' | 'between' | 'good' | 'unknown';
  /** Per cent, or writes that wait; null where there is no figure. */
  readonly value: number | null;
  /** What is wrong, in words, when it is bad. */
  readonly says: string;
}

export interface Thresholds {
  readonly bad: number;
  readonly good: number;
}

/** A figure that is bad below one threshold and good from another up. */
export const whenLow = (value: number, { bad, good }: Thresholds): Reading['state'] =>
  value < bad ? 'bad' : value >= good ? 'good' : 'between';

/** A figure that is bad above one threshold and good from another down. */
export const whenHigh = (value: number, { bad, good }: Thresholds): Reading['state'] =>
  value > bad ? 'bad' : value <= good ? 'good' : 'between';

/** For a message: 7, 7.5, 7.25. */
export const figure = (value: number): string => String(Math.round(value * 100) / 100);

/** 90 s, 10 min, 2 h. */
export function duration(ms: number): string {
  if (ms >= 7_200_000) return `${figure(ms / 3_600_000)} h`;
  return ms >= 120_000 ? `${figure(ms / 60_000)} min` : `${figure(ms / 1000)} s`;
}
