/** The nine Indic scripts of Unicode, Devanagari to Malayalam, are blocks of 128 with the same letter at the same place. */
const [first, last, blockSize] = [0x900, 0xd7f, 0x80];
const devanagariToGujarati = 0xb00; // north of it the last 'a' of a word is not spoken
const [firstConsonant, virama, nukta, anusvara] = [0x15, 0x4d, 0x3c, 0x02];
const [firstLabial, lastLabial] = [0x2a, 0x2e];

const at = (start: number, letters: string): Array<readonly [number, string]> =>
  letters.split(' ').map((letter, index) => [start + index, letter] as const);

const consonants: ReadonlyMap<number, string> = new Map(
  at(firstConsonant, 'k kh g gh n ch ch j jh nj t th d dh n t th d dh n n p ph b bh m y r r l l zh v sh sh s h'),
);
/** Vowels and their signs, digits, the nasal dots, and the final consonants of Malayalam. */
const others: ReadonlyMap<number, string> = new Map([
  ...at(0x01, 'n n h'),
  ...at(0x05, 'a a i i u u ri li e e e ai o o o au'),
  ...at(0x3e, 'a i i u u ri ri e e e ai o o o au'),
  ...at(0x66, '0 1 2 3 4 5 6 7 8 9'),
  ...at(0x7a, 'n n r l l k'),
]);

/** Sounds of other languages, written as a letter with a dot below. */
const dotted: ReadonlyMap<number, string> = new Map([
  [0x15, 'q'],
  [0x1c, 'z'],
  [0x2b, 'f'],
]);

const isDotted = (code: number | undefined): boolean =>
  code !== undefined && isIndic(code) && (code - first) % blockSize === nukta;

const isIndic = (code: number): boolean => code >= first && code <= last;
/** The language of each block, from Devanagari on; Devanagari is Hindi's and others'. */
const languages = ['hi', 'bn', 'pa', 'gu', 'or', 'ta', 'te', 'kn', 'ml'] as const;

/** The language of a text by its Indic letters, as ISO 639-1; null when it has none. */
export function indicLanguage(text: string): string | null {
  const letter = /[\u0900-\u0d7f]/u.exec(text)?.[0];
  return letter === undefined ? null : (languages[Math.floor((letter.charCodeAt(0) - first) / blockSize)] ?? null);
}

export const hasIndicLetters = (text: string): boolean => /[\u0900-\u0d7f]/u.test(text);

/** A text with its Indic letters as people write them in Latin ones: 'పుష్ప' is 'pushpa', 'गजनी' is 'gajani'. The rest stays. */
export function latinOfIndic(text: string): string {
  const codes = [...text].map((letter) => letter.codePointAt(0) ?? 0);
  let latin = '';
  for (const [index, code] of codes.entries()) {
    if (!isIndic(code)) {
      latin += String.fromCodePoint(code);
      continue;
    }
    const place = (code - first) % blockSize;
    const consonant = isDotted(codes[index + 1]) ? (dotted.get(place) ?? consonants.get(place)) : consonants.get(place);
    latin += place === anusvara ? nasal(codes, index) : (consonant ?? others.get(place) ?? '');
    if (consonant !== undefined && bearsVowel(codes, index + 1)) latin += 'a';
  }
  return latin;
}

/** The dot is the nasal of what follows; at the end of a word an 'm' in the south, hardly spoken in the north. */
function nasal(codes: readonly number[], index: number): string {
  const next = codes[index + 1] ?? 0;
  if (!isIndic(next)) return (codes[index] ?? 0) >= devanagariToGujarati ? 'm' : 'n';
  const place = (next - first) % blockSize;
  return place >= firstLabial && place <= lastLabial ? 'm' : 'n';
}

/** Whether a consonant is spoken with the 'a' that is not written. */
function bearsVowel(codes: readonly number[], next: number): boolean {
  const code = codes[next] ?? 0;
  if (!isIndic(code)) return (codes[next - 1] ?? 0) >= devanagariToGujarati;
  const place = (code - first) % blockSize;
  if (place === nukta) return bearsVowel(codes, next + 1);
  return place !== virama && (place < 0x3e || place > virama);
}
