import { createHash, timingSafeEqual } from 'node:crypto';

export interface TokenHolder {
  /** Names the token without telling it. */
  readonly key: string;
  readonly mayStart: boolean;
}

interface KnownToken extends TokenHolder {
  readonly hash: Buffer;
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Holds the hashes of tokens, and tells whose a text is in the same time whether it is close or not. */
export class BearerTokens {
  readonly #known: readonly KnownToken[];

  constructor(full: readonly string[], readOnly: readonly string[]) {
    const known = (mayStart: boolean) => (token: string) => {
      const hash = sha256(token);
      return { hash, key: `token:${hash.toString('hex', 0, 12)}`, mayStart };
    };
    this.#known = [...full.map(known(true)), ...readOnly.map(known(false))];
  }

  /** @param header - of Authorization @returns null for a token that is not known, or none */
  holderOf(header: string | undefined): TokenHolder | null {
    const given = /^bearer ([^\s]+)$/i.exec(header ?? '')?.[1];
    if (given === undefined) return null;
    const hash = sha256(given);
    let holder: TokenHolder | null = null;
    for (const known of this.#known) if (timingSafeEqual(known.hash, hash)) holder = known; // looks at all of them
    return holder;
  }
}
