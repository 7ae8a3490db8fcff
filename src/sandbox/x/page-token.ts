/** The token of the page that begins at an offset. */
export const tokenOf = (offset: number): string => `p${offset.toString(36)}`;

/** @returns null for a token that was never given out */
export function offsetOf(token: string | null): number | null {
  if (token === null) return 0;
  return /^p[0-9a-z]{1,6}$/.test(token) ? Number.parseInt(token.slice(1), 36) : null;
}
