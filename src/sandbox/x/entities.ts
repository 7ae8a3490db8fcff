interface Span {
  /** In code points. */
  readonly start: number;
  readonly end: number;
}

export interface Entities {
  readonly urls: ReadonlyArray<Span & { readonly url: string }>;
  readonly hashtags: ReadonlyArray<Span & { readonly tag: string }>;
  readonly mentions: ReadonlyArray<Span & { readonly username: string }>;
}

/** The links, hashtags and mentions of a text, where X sees them. */
export function findEntities(text: string): Entities {
  const spans = (pattern: RegExp) =>
    [...text.matchAll(pattern)].map((match) => {
      const start = [...text.slice(0, match.index)].length;
      return { start, end: start + [...match[0]].length, text: match[0] };
    });
  return {
    urls: spans(/https?:\/\/[^\s…]+/g).map(({ text: url, ...span }) => ({ ...span, url })),
    hashtags: spans(/(?<![\p{L}\p{N}&/])#[\p{L}\p{M}\p{N}_]+/gu).map(({ text: tag, ...span }) => ({
      ...span,
      tag: tag.slice(1),
    })),
    mentions: spans(/(?<![\p{L}\p{N}])@[A-Za-z0-9_]{1,15}/gu).map(({ text: name, ...span }) => ({
      ...span,
      username: name.slice(1),
    })),
  };
}
