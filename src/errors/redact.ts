const secretName = String.raw`(api[_-]?key|token|secret|password|passwd|pwd|signature)(["']?\s*[=:]\s*)`;

const replacements: ReadonlyArray<readonly [RegExp, string]> = [
  // not the words of a sentence: X has a "Basic tier" and asks for a "Bearer token". Its tokens are percent-encoded.
  [/\b(bearer|basic)\s+(?!(?:tokens?|auth\w*|access|plan|tier)\b)[^\s"'`,;]+/gi, '$1 [redacted]'],
  [new RegExp(String.raw`${secretName}(["'])(?:(?!\3).)*\3?`, 'gi'), '$1$2$3[redacted]$3'],
  [new RegExp(String.raw`${secretName}(?!["'])[^\s&"',;)}]+`, 'gi'), '$1$2[redacted]'],
  [/\/\/[^\s/:]*:[^\s/]*@/g, '//[redacted]@'],
  [/\beyJ[\w-]{8,}\.[\w-]+(\.[\w-]*)?/g, '[redacted]'],
];

/** A text without what looks like a credential: bearer tokens, `api_key=...`, passwords in URLs, JWTs. */
export const redact = (text: string): string =>
  replacements.reduce((redacted, [pattern, replacement]) => redacted.replace(pattern, replacement), text);
