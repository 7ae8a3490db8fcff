import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect } from 'vitest';
import type { OrchestratorApp } from '../../src/http/index.js';
import { base } from './setup.js';

interface Described {
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
  readonly headers?: Readonly<Record<string, unknown>>;
}
interface Operation {
  readonly responses: Readonly<Record<string, Described>>;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

/** An answer that is what the app's own OpenAPI document says. */
export interface CheckedAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** undefined where the answer is no JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read what they expect
  readonly json: any;
}

class Checker {
  readonly document: Document;
  readonly #ajv: Ajv2020;
  readonly #compiled = new Map<string, ValidateFunction>();

  constructor(document: Document) {
    this.document = document;
    this.#ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(this.#ajv);
    this.#ajv.addSchema(document, 'openapi');
  }

  check(pointer: string, value: unknown, what: string): void {
    const known = this.#compiled.get(pointer);
    const validate = known ?? this.#ajv.compile({ $ref: `openapi#${pointer}` });
    this.#compiled.set(pointer, validate);
    validate(value);
    expect(validate.errors ?? [], `${what}: ${JSON.stringify(value)?.slice(0, 2000)}`).toEqual([]);
  }

  find(method: string, path: string): { readonly template: string; readonly operation: Operation } | undefined {
    const below = path.slice(base.length).split('?')[0] ?? '';
    for (const [template, operations] of Object.entries(this.document.paths)) {
      const pattern = new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`);
      const operation = operations[method === 'HEAD' ? 'get' : method.toLowerCase()];
      if (pattern.test(below) && operation !== undefined) return { template, operation };
    }
    return undefined;
  }
}

const checkers = new WeakMap<OrchestratorApp, Checker>();

export async function checkerOf(app: OrchestratorApp): Promise<Checker> {
  const known = checkers.get(app);
  if (known !== undefined) return known;
  const made = new Checker((await (await app.request(`${base}/openapi.json`)).json()) as Document);
  checkers.set(app, made);
  return made;
}

/** Asks the app, and checks that the answer is one that its OpenAPI document describes, with the headers of every answer. */
export async function requestAndCheck(
  app: OrchestratorApp,
  path: string,
  init: RequestInit = {},
  env?: object,
): Promise<CheckedAnswer> {
  const answer = await app.request(path, init, env);
  return checkAnswer(app, init.method ?? 'GET', path, answer);
}

async function checkAnswer(
  app: OrchestratorApp,
  method: string,
  path: string,
  answer: Response,
): Promise<CheckedAnswer> {
  const { status, headers } = answer;
  const text = await answer.text();
  checkHeaders(headers);
  const type = headers.get('content-type');
  const json = type?.endsWith('json') && method !== 'HEAD' ? JSON.parse(text) : undefined;
  const checker = await checkerOf(app);
  const found = checker.find(method, path);
  const what = `${method} ${path} ${status}`;
  if (status >= 400 && type === 'application/problem+json' && json !== undefined) {
    checker.check('/components/schemas/Problem', json, what);
    expect(json.status, what).toBe(status);
  }
  if (found === undefined) {
    expect([404, 405], what).toContain(status);
    return { status, headers, text, json };
  }
  const { template, operation } = found;
  const key = String(status) in operation.responses ? String(status) : 'default';
  if (key === 'default') expect(status, what).toBeGreaterThanOrEqual(400);
  const described = operation.responses[key];
  for (const header of Object.keys(described?.headers ?? {})) expect(headers.get(header), what).not.toBeNull();
  if (method === 'HEAD' || described?.content === undefined) {
    expect(text, what).toBe('');
    return { status, headers, text, json };
  }
  expect(Object.keys(described.content), what).toContain(type);
  const escaped = (part: string) => part.replaceAll('~', '~0').replaceAll('/', '~1');
  const place = ['', 'paths', template, method.toLowerCase(), 'responses', key, 'content', type ?? '', 'schema'];
  if (json !== undefined) checker.check(place.map(escaped).map(encodeURIComponent).join('/'), json, what);
  return { status, headers, text, json };
}

function checkHeaders(headers: Headers): void {
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('x-frame-options')).toBe('DENY');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
}
