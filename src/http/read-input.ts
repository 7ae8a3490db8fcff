import * as z from 'zod';
import { badInput, RequestRefused } from './problem.js';

/** The parameters of the query by name. A name that comes twice is refused: it would not be clear which one holds. */
export function readQuery(url: string): Record<string, string> {
  const start = url.indexOf('?');
  if (start === -1) return {};
  const parameters: Array<[string, string]> = [...new URLSearchParams(url.slice(start))];
  if (new Set(parameters.map(([name]) => name)).size < parameters.length)
    throw badInput('a query parameter is given twice');
  return Object.fromEntries(parameters);
}

/**
 * The JSON body, or undefined when it is empty.
 * @throws RequestRefused with 400, 413 or 415
 */
export async function readJson(request: Request, maxBytes: number): Promise<unknown> {
  const text = await readText(request, maxBytes);
  if (text.trim() === '') return undefined;
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i.test(type.trim()))
    throw new RequestRefused(415, 'UNSUPPORTED_MEDIA_TYPE', 'send the body as application/json in UTF-8');
  try {
    return JSON.parse(text);
  } catch {
    throw badInput('the body is no JSON');
  }
}

async function readText(request: Request, maxBytes: number): Promise<string> {
  const { body, headers } = request;
  if (body === null) return '';
  if (Number(headers.get('content-length') ?? 0) > maxBytes) throw tooLarge(maxBytes);
  if ((headers.get('content-encoding') ?? 'identity') !== 'identity')
    throw new RequestRefused(415, 'UNSUPPORTED_MEDIA_TYPE', 'send the body uncompressed');
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const reader = body.getReader();
  let text = '';
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      size += value.byteLength;
      if (size > maxBytes) throw tooLarge(maxBytes);
      text += decoder.decode(value, { stream: true });
    }
  } catch (thrown) {
    if (thrown instanceof RequestRefused) throw thrown;
    throw badInput(thrown instanceof TypeError ? 'the body is no UTF-8' : 'the body did not arrive');
  } finally {
    reader.cancel().catch(() => undefined); // what is left of it is not wanted
  }
}

const tooLarge = (maxBytes: number): RequestRefused =>
  new RequestRefused(413, 'PAYLOAD_TOO_LARGE', `the body may have at most ${maxBytes} bytes`);

/** @throws RequestRefused with 400 that names the fields; what was sent is not repeated */
export function checked<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.slice(0, 3).map((issue) => describe(schema, issue));
  throw badInput(issues.join('; '));
}

function describe(schema: z.ZodType, issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys' && schema instanceof z.ZodObject)
    return `there is an unknown field: use ${Object.keys(schema.shape).join(', ')}`;
  const field = issue.path.map(String).join('.');
  return field === '' ? issue.message : `${field}: ${issue.message}`;
}

/** A whole number as a query or a path holds it; anything else is left for the schema to refuse. */
export const wholeText = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value), schema);
