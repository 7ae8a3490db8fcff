import { foldTitle } from '../domain/fold-title.js';

const word = '(?:part|chapter|episode|volume|vol|book|season)';
const number = '(?:\\d{1,2}|[ivx]{1,4}|one|two|three|four|five|six|seven|eight|nine|ten)';
const romanOrDigit = '(?:\\d{1,2}|i{2,3}|iv|vi{0,3}|ix)'; // not X: Malcolm X is of no series
const counted = new RegExp(`\\s+${word}\\s+${number}$`, 'u');
const numbered = new RegExp(`\\s+${romanOrDigit}$`, 'u');
/** 'Harry Potter and the …', 'Indiana Jones and the …': two words or more, then what this one is about. */
const adventure = /^(\S+ \S.*?) and the .*$/u;
const article = /^(?:the|an|a) (?=.)/u;

/**
 * What the titles of one series have in common: 'rocky' of 'Rocky' and 'Rocky II', 'bahubali' of 'Bāhubali: The Beginning'
 * and 'Bāhubali 2: The Conclusion', 'godfather' of 'The Godfather Part II',
 * 'harry potter' of all that begins with 'Harry Potter and the'. '' for a title without letters or digits.
 */
export function seriesOf(title: string): string {
  const [head = title] = title.split(/\s*:\s|\s+[-–—]\s+/u);
  const folded = foldTitle(head) || foldTitle(title);
  const stem = folded.replace(counted, '').replace(numbered, '').replace(article, '').replace(adventure, '$1');
  return stem || folded;
}
