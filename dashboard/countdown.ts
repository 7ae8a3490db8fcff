import { element } from './dom.js';
import { duration } from './format.js';

/** A text that counts down to a time, or up from one; `startTicking` keeps it going. */
export const until = (atMs: number): HTMLElement =>
  element('span', { class: 'ticking', 'data-until': atMs }, duration(atMs - Date.now()));

export const since = (atMs: number): HTMLElement =>
  element('span', { class: 'ticking', 'data-since': atMs }, duration(Date.now() - atMs));

/** Sets every ticking text right, once a second. */
export function startTicking(alsoEachSecond: () => void): void {
  setInterval(() => {
    for (const text of document.querySelectorAll<HTMLElement>('.ticking')) {
      const { until: untilMs, since: sinceMs } = text.dataset;
      const ms = untilMs === undefined ? Date.now() - Number(sinceMs) : Number(untilMs) - Date.now();
      const said = duration(ms);
      if (text.textContent !== said) text.textContent = said;
    }
    alsoEachSecond();
  }, 1000);
}
