const replacements: ReadonlyArray<readonly [RegExp, string]> = [
  [/\b(bearer|basic)\s+[\w.~+/=-]+/gi, '$1 [redacted]'],
  [
    /\b(api[_-]?key|access[_-]?token|bearer[_-]?token|token|secret|password|passwd|pwd|signature)(["']?\s*[=:]\s*["']?)[^\s&"',;)}]+/gi,
    '$1$2[redacted]',
  ],
  [/\/\/[^\s/:@]+:[^\s/@]+@/g, '//[redacted]@'],
  [/\beyJ[\w-]{8,}\.[\w-]+(\.[\w-]*)?/g, '[redacted]'],
];

/** A text without what looks like a credential: bearer tokens, `api_key=...`, passwords in URLs, JWTs. */
export const redact = (text: string): string =>
  replacements.reduce((redacted, [pattern, replacement]) => redacted.replace(pattern, replacement), text);
