/** On every answer. A page, which may do more, brings a policy of its own. */
const securityHeaders = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
} as const;

const jsonHeaders = { ...securityHeaders, 'Content-Type': 'application/json' };

/** An answer with the headers that every answer has; those given win. */
export const answer = (
  body: string | ReadableStream<Uint8Array> | null,
  status: number,
  headers: Readonly<Record<string, string>>,
): Response => new Response(body, { status, headers: { ...securityHeaders, ...headers } });

export function jsonAnswer(value: object, status = 200, headers?: Readonly<Record<string, string>>): Response {
  const all = headers === undefined ? jsonHeaders : { ...jsonHeaders, ...headers };
  return new Response(JSON.stringify(value), { status, headers: all });
}

/** What {@link jsonAnswer} answers, of a value that is written already. */
export const writtenAnswer = (json: string): Response => new Response(json, { headers: jsonHeaders });
