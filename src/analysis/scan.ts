import { softStop, stop, type Word, type WordBook } from './word.js';

/** What one text is made of. Reused from text to text by its owner. */
export class Scan {
  readonly words: Word[] = [];
  /** Where each word begins and ends in the text; the words of a hashtag share theirs. */
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  count = 0;
  exclamations = 0;
  questions = 0;
  links = 0;
  handles = 0;
  hashtags = 0;
  /** Words that are parts of hashtags. */
  tagWords = 0;
  letters = 0;
  /** Letters in scripts that no lexicon knows. */
  strangeLetters = 0;
  /** Words in capitals, and words that could have been but are not. */
  shouted = 0;
  quiet = 0;

  add(word: Word, start: number, end: number): void {
    this.words[this.count] = word;
    this.starts[this.count] = start;
    this.ends[this.count] = end;
    this.count += 1;
    if (word.kind !== 'word') return;
    const length = end - start;
    if (word.script === 'none') return;
    this.letters += length;
    if (word.script === 'other') this.strangeLetters += length;
    if (word.shouted) this.shouted += 1;
    else if (word.script === 'latin' && length > 2) this.quiet += 1;
  }

  clear(): void {
    this.count = 0;
    this.exclamations = this.questions = this.links = this.handles = this.hashtags = this.tagWords = 0;
    this.letters = this.strangeLetters = this.shouted = this.quiet = 0;
  }
}

const [other, letter, blank, sign] = [0, 1, 2, 3];
/** Letters and digits, blanks, and signs that may begin an emoticon, of ASCII. */
const kinds = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code);
  if (/[A-Za-z0-9]/.test(char)) return letter;
  if (/\s/.test(char)) return blank;
  return /[:;=<>(^\\\-_.)]/.test(char) ? sign : other;
});
/** Every emoticon without letters at its beginning, longest first. */
const emoticon =
  /(?:>?[:;=]'?-?[()[\]D/\\|dpPoOcS*](?![\p{L}\p{N}])|[:;=]'\(|\([:;=]|\(-[:;]|\)[:;=]|<3|<\/3|\^_?\^|-_+-|-\.-|\._\.|\\o\/|;_;|:@)/uy;

/** Reads a text once, from left to right. Handles and links are counted and left out. */
export function scanText(text: string, book: WordBook, scan: Scan): void {
  scan.clear();
  const { length } = text;
  let at = 0;
  while (at < length) {
    const code = text.charCodeAt(at);
    const kind = code < 128 ? kinds[code] : isLetter(code) ? letter : other;
    if (kind === blank) {
      at += 1;
    } else if (kind === letter) {
      const end = wordEnd(text, at);
      if ((code === 104 || code === 72) && isLink(text, at, end)) {
        scan.links += 1;
        at = blankAfter(text, end);
      } else if ((code === 119 || code === 87) && text.startsWith('.', end) && end - at === 3 && isWww(text, at)) {
        scan.links += 1;
        at = blankAfter(text, end);
      } else {
        scan.add(wordOrFace(text, at, end, book), at, end);
        at = end;
      }
    } else {
      at = readSign(text, at, code, book, scan);
    }
  }
}

function readSign(text: string, at: number, code: number, book: WordBook, scan: Scan): number {
  const next = at + 1;
  if (code === 64 /* @ */ || code === 35 /* # */) {
    const end = nameEnd(text, next);
    if (end === next) return next;
    if (code === 64) scan.handles += 1;
    else {
      scan.hashtags += 1;
      const words = book.hashtag(text.slice(next, end));
      scan.tagWords += words.length;
      for (const word of words) scan.add(word, at, end);
    }
    return end;
  }
  if (code > 127) return readPicture(text, at, code, book, scan);
  if (kinds[code] === sign) {
    emoticon.lastIndex = at;
    const found = emoticon.exec(text)?.[0];
    if (found !== undefined) {
      const face = book.emoji(found);
      if (face !== null) scan.add(face, at, at + found.length);
      return at + found.length;
    }
  }
  if (code === 33) scan.exclamations += 1;
  else if (code === 63) scan.questions += 1;
  if (code === 33 || code === 63 || code === 46 || code === 59 || code === 58) addStop(scan, stop, at);
  else if (code === 44) addStop(scan, softStop, at);
  return next;
}

function readPicture(text: string, at: number, code: number, book: WordBook, scan: Scan): number {
  const size = code >= 0xd800 && code < 0xdc00 && at + 1 < text.length ? 2 : 1;
  if (code === 0x2026 || code === 0x0964 || code === 0x3002)
    addStop(scan, stop, at); // … । 。
  else {
    const face = book.emoji(text.slice(at, at + size));
    if (face !== null) scan.add(face, at, at + size);
    else if (size === 2 && (code < 0xd83c || code > 0xd83e)) {
      scan.letters += 1; // a letter or sign of a rare script
      scan.strangeLetters += 1;
    }
  }
  return at + size;
}

function addStop(scan: Scan, word: Word, at: number): void {
  if (scan.count > 0 && scan.words[scan.count - 1]?.kind !== 'stop') scan.add(word, at, at + 1);
}

/** 'xD' and 'D:' look like words. */
function wordOrFace(text: string, at: number, end: number, book: WordBook): Word {
  const raw = text.slice(at, end);
  if (end - at === 2 && (raw === 'xD' || raw === 'XD')) return book.emoji('xD') ?? book.word(raw);
  return book.word(raw);
}

function wordEnd(text: string, start: number): number {
  let at = start + 1;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 128) {
      if (kinds[code] === letter) continue;
      if (code === 39 && at + 1 < text.length && isWordCode(text.charCodeAt(at + 1))) continue; // don't
      break;
    }
    if (isLetter(code) || code === 0x200c || code === 0x200d) continue;
    if (code === 0x2019 && at + 1 < text.length && isWordCode(text.charCodeAt(at + 1))) continue;
    break;
  }
  return at;
}

function nameEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (!isWordCode(code) && code !== 95 && code !== 0x200c && code !== 0x200d) break;
    at += 1;
  }
  return at;
}

function blankAfter(text: string, start: number): number {
  let at = start;
  while (at < text.length && text.charCodeAt(at) > 32) at += 1;
  return at;
}

const isWordCode = (code: number): boolean => (code < 128 ? kinds[code] === letter : isLetter(code));

/** Letters and marks beyond ASCII: the common ranges by comparison, all others by Unicode's own table. */
function isLetter(code: number): boolean {
  if (code >= 0x900 && code < 0xd80) return code !== 0x964 && code !== 0x965;
  if (code < 0xc0) return code === 0xaa || code === 0xb5 || code === 0xba;
  if (code < 0x300) return code !== 0xd7 && code !== 0xf7;
  if ((code >= 0x2000 && code < 0x2c00) || (code >= 0xd800 && code < 0xf900) || code >= 0xfe00) return false;
  return anyLetter.test(String.fromCharCode(code));
}
const anyLetter = /[\p{L}\p{M}\p{N}]/u;

const isLink = (text: string, at: number, end: number): boolean =>
  (end - at === 4 && /^http$/i.test(text.slice(at, end)) && (text.startsWith('://', end) || isBareEnd(text, end))) ||
  (end - at === 5 && text.startsWith('://', end) && /^https$/i.test(text.slice(at, end)));
const isBareEnd = (text: string, end: number): boolean => end === text.length || text.charCodeAt(end) <= 32;
const isWww = (text: string, at: number): boolean => /^www$/i.test(text.slice(at, at + 3));
