import { cue } from './cues.js';
import type { Scan } from './scan.js';
import type { SkipReason } from './sentiment-explanation.js';

/** Words of a text that says only that somebody watches. */
const fewWords = 14;

/** Why a text is no opinion about a film, or null. `hits`: how many words of it said something good or bad. */
export function whyNotAboutFilm(scan: Scan, hits: number): SkipReason | null {
  let all = 0;
  let words = 0;
  let acts = 0;
  let trades = 0;
  for (let at = 0; at < scan.count; at += 1) {
    const word = scan.words[at];
    if (word === undefined || word.kind === 'stop') continue;
    words += 1;
    if (word.cue === 0) continue;
    all |= word.cue;
    if ((word.cue & cue.act) !== 0) acts += 1;
    if ((word.cue & cue.trade) !== 0) trades += 1;
  }
  if (words === 0) return scan.links > 0 ? 'bare_link' : 'empty';
  if (words === scan.tagWords && scan.links > 0 && hits === 0) return 'bare_link';
  if (all === 0) return null;
  if ((all & cue.giveaway) !== 0 && (acts > 0 || scan.links > 0 || (all & cue.prize) !== 0)) return 'giveaway';
  if ((all & cue.prize) !== 0 && acts >= 2) return 'giveaway';
  if (trades > 0 && hits === 0 && (scan.links > 0 || acts > 0)) return 'spam';
  if (trades >= 2 && (scan.links > 0 || hits === 0)) return 'spam';
  if (trades === 1 && scan.links > 0 && scan.hashtags >= 2) return 'spam';
  if ((all & cue.watching) !== 0 && hits === 0 && words <= fewWords && scan.questions === 0) return 'now_watching';
  return null;
}
