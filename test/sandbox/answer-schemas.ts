import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { sharedPath } from '../support/requirements.js';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Node = { readonly [key: string]: Json };

const isNode = (value: Json | undefined): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is wrong with an answer; `null` when nothing is. */
export type Complaint = string | null;

/** Characters of a complaint; hundreds of records can have the same mistake. */
const mostSaid = 300;

/** The response schemas of one OpenAPI file, by operation and status. */
export class AnswerSchemas {
  readonly #file: string;
  readonly #spec: Node;
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
  readonly #compiled = new Map<string, ValidateFunction>();

  /** @param closed forbids keys that the file does not tell of */
  constructor(file: string, { closed = false } = {}) {
    this.#file = file;
    const schema = toSchema(JSON.parse(readFileSync(sharedPath(`contracts/${file}`), 'utf8')));
    this.#spec = (closed ? close(schema) : schema) as Node;
    addFormats.default(this.#ajv);
    this.#ajv.addSchema(this.#spec, 'spec');
  }

  /** Checks a body against the schema of the operation's status, or of the statuses that the file does not name. */
  check(path: string, status: number, type: string, body: unknown): Complaint {
    const pointer = this.#pointer(path, status, type);
    if (pointer === null) return `${this.#file} has no ${type} for ${status} of ${path}`;
    const validate = this.#compiled.get(pointer) ?? this.#ajv.compile({ $ref: `spec#${pointer}` });
    this.#compiled.set(pointer, validate);
    return validate(body) ? null : `${path} ${status}: ${this.#ajv.errorsText(validate.errors).slice(0, mostSaid)}`;
  }

  #pointer(path: string, status: number, type: string): string | null {
    const responses = ['paths', path, 'get', 'responses'];
    const key = [String(status), 'default'].find((one) => isNode(this.#at([...responses, one])));
    // TMDB's file has neither 403, 405 and 501 nor a default: all its errors have one shape.
    if (key === undefined) return status >= 400 ? '/components/schemas/Error' : null;
    const reference = (this.#at([...responses, key]) as Node)['$ref'];
    const place = typeof reference === 'string' ? reference.slice(2).split('/') : [...responses, key];
    const content = [...place, 'content', type, 'schema'];
    return isNode(this.#at(content)) ? `/${content.map(escapePointer).join('/')}` : null;
  }

  #at(keys: readonly string[]): Json | undefined {
    return keys.reduce<Json | undefined>((node, key) => (isNode(node) ? node[key] : undefined), this.#spec);
  }
}

const escapePointer = (key: string): string => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'));

/** OpenAPI's own words as JSON Schema knows them: `nullable` becomes a type, examples and discriminators go. */
function toSchema(node: Json): Json {
  if (Array.isArray(node)) return node.map(toSchema);
  if (!isNode(node)) return node;
  const { nullable, discriminator: _discriminator, example: _example, examples: _examples, ...rest } = node;
  const schema = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, toSchema(value)]));
  return nullable === true ? { anyOf: [schema, { type: 'null' }] } : schema;
}

/** Forbids unknown keys everywhere but in problems, whose kinds have keys of their own. */
function close(spec: Json): Json {
  const open = new Set(
    [...JSON.stringify(spec).matchAll(/"allOf":\[([^\]]*)\]/g)]
      .flatMap(([, inside]) => [...(inside ?? '').matchAll(/schemas\/(\w+)/g)])
      .map(([, name]) => name),
  );
  const walk = (node: Json, key: string, isPart: boolean): Json => {
    if (Array.isArray(node)) return node.map((item) => walk(item, '', key === 'allOf'));
    if (!isNode(node)) return node;
    const closed = Object.fromEntries(
      Object.entries(node).map(([name, value]) => [name, walk(value, name, isPart && name === 'allOf')]),
    );
    if (
      isPart ||
      open.has(key) ||
      key === 'Problem' ||
      key === 'properties' ||
      node['additionalProperties'] !== undefined
    )
      return closed;
    return isNode(node['properties']) || Array.isArray(node['allOf'])
      ? { ...closed, unevaluatedProperties: false }
      : closed;
  };
  return walk(spec, '', false);
}
