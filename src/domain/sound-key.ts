import { latinOfIndic } from './indic-letters.js';

/**
 * How a folded title sounds, roughly: one key for the spellings that people give a name of another script ('Bahubali' and
 * 'Baahubali', 'Ghajini' and 'Gajini'), and for its letters in that script. Spaces do not count.
 */
export function soundKey(folded: string): string {
  return latinOfIndic(folded)
    .replace(/ge(?= |$)/g, 'je')
    .replace(/ /g, '')
    .replace(/aa+/g, 'a')
    .replace(/ee+|ie|y/g, 'i')
    .replace(/oo+|ou/g, 'u')
    .replace(/ph/g, 'f')
    .replace(/ck|q/g, 'k')
    .replace(/chh?/g, 'č')
    .replace(/c(?=[ei])/g, 's')
    .replace(/c/g, 'k')
    .replace(/([tdbgkjsz])h/g, '$1')
    .replace(/w/g, 'v')
    .replace(/z/g, 's')
    .replace(/(.)\1+/gu, '$1');
}

/**
 * The consonants of a sound key, voiced and voiceless as one, for scripts that do not write each vowel or do not tell 'p'
 * from 'b'; '' where too few are left to tell names apart.
 */
export function consonantKey(sound: string): string {
  const consonants = sound
    .replace(/[aeiou]/g, '')
    .replace(/[gh]/g, 'k')
    .replace(/d/g, 't')
    .replace(/b/g, 'p')
    .replace(/[jč]/g, 's');
  return consonants.length < 3 ? '' : consonants;
}
