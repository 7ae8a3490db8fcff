/** Longest text that the domain takes, in UTF-16 units. */
export const longestText = 100_000;

/** Whether anything is left of a text without control characters and blanks. */
export const isReadable = (text: string): boolean => /[^\p{Cc}\s]/u.test(text);
