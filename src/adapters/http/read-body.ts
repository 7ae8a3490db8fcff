import { ReelflowError } from '../../errors/reelflow-error.js';

/** Far above any answer of the providers: a page of 100 long posts is under 3 MB. */
const longestBody = 16 * 1024 * 1024;

/** The body as text. @throws API_INVALID_RESPONSE when it is longer than 16 MB */
export async function readBody(response: Response): Promise<string> {
  if (response.body === null) return '';
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body) {
    length += chunk.byteLength;
    if (length > longestBody) throw new ReelflowError('API_INVALID_RESPONSE', 'the answer is longer than 16 MB');
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
