export interface Token {
  /** Lower case, without apostrophes. */
  readonly text: string;
  readonly kind: 'word' | 'emoji' | 'stop';
  /** Written in capitals, in a text that is not all capitals. */
  readonly shouted: boolean;
}

const pieces =
  /https?:\/\/\S+|@\w+|#([\p{L}\p{N}\p{M}_]+)|<\/?3|[:;=][-']?[()D/|]|\b[xX]D\b|\(:|\^_\^|D:|[\p{L}\p{N}\p{M}][\p{L}\p{N}\p{M}'’\u200c\u200d]*|\p{Extended_Pictographic}|[.!?;]+|,/gu;

/** The words, emoji and stops of a text. Links and handles are left out; hashtags are split into their words. */
export function tokenize(text: string): Token[] {
  const letters = text.replace(/[^\p{Lu}\p{Ll}]/gu, '');
  const allCapitals = letters !== '' && letters === letters.toUpperCase();
  const tokens: Token[] = [];
  for (const match of text.matchAll(pieces)) {
    const [piece, hashtag] = match;
    if (hashtag !== undefined) for (const word of splitHashtag(hashtag)) tokens.push(toWord(word, false));
    else if (/^(https?:|@)/.test(piece)) continue;
    else if (/^[.!?;,]/.test(piece)) tokens.push({ text: piece, kind: 'stop', shouted: false });
    else if (/^[\p{L}\p{N}\p{M}]/u.test(piece) && piece !== 'xD' && piece !== 'XD' && piece !== 'D:')
      tokens.push(toWord(piece, !allCapitals));
    else tokens.push({ text: piece, kind: 'emoji', shouted: false });
  }
  return tokens;
}

function toWord(piece: string, mayShout: boolean): Token {
  const text = piece.replace(/['’]/g, '').toLowerCase();
  const shouted = mayShout && piece.length > 2 && piece !== piece.toLowerCase() && piece === piece.toUpperCase();
  return { text, kind: 'word', shouted };
}

/** #MustWatch and #must_watch are two words. */
const splitHashtag = (tag: string): string[] =>
  tag
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .split(/[\s_]+/)
    .filter((word) => word !== '');
