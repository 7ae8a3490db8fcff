import * as z from 'zod';
import type { AnswerDoc, Route } from '../routes/route.js';
import { namedSchemas } from './named-schemas.js';

type Json = Readonly<Record<string, unknown>>;

export interface DocumentSettings {
  readonly basePath: string;
  readonly version: string;
  /** Whether calls need a token. */
  readonly secured: boolean;
}

/** The OpenAPI 3.1 document of the routes, made of the schemas that check requests and describe answers. */
export function openApiDocument(routes: readonly Route[], { basePath, version, secured }: DocumentSettings): Json {
  const names = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(namedSchemas())) names.add(schema, { id });
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, names, secured) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'reelflow',
      version,
      description: 'Search a film, follow the search, and see how the service does.',
    },
    servers: [{ url: basePath === '' ? '/' : basePath }],
    paths,
    components: {
      schemas: components(names),
      ...(secured ? { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } } : {}),
    },
  };
}

type Names = z.core.$ZodRegistry<{ id: string }>;

function operation({ doc, access }: Route, names: Names, secured: boolean): Json {
  const { operationId, summary, params = {}, query, headers = {}, body, answers } = doc;
  const parameters = [
    ...Object.entries(params).map(([name, schema]) => parameter(name, 'path', schema)),
    ...Object.entries(query?.shape ?? {}).map(([name, schema]) => parameter(name, 'query', schema)),
    ...Object.entries(headers).map(([name, description]) => ({
      name,
      in: 'header',
      description,
      schema: { type: 'string' },
    })),
  ];
  return {
    operationId,
    summary,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: body.required,
            content: { 'application/json': { schema: ref(body.schema, names) } },
          },
        }),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, told]) => [status, response(status, told, names)])),
      default: problem('The request was refused, or something went wrong: `code` says what'),
    },
    ...(secured ? { security: access === 'public' ? [] : [{ token: [] }] } : {}),
  };
}

function parameter(name: string, place: 'path' | 'query', schema: z.core.$ZodType): Json {
  const isRequired = place === 'path' || !z.safeParse(schema, undefined).success;
  return { name, in: place, required: isRequired, schema: plain(z.toJSONSchema(schema, { io: 'output' })) };
}

function response(status: string, { description, schema, contentType, headers }: AnswerDoc, names: Names): Json {
  if (Number(status) >= 400 && schema === undefined) return problem(description);
  const told = schema === undefined ? { type: 'string' } : ref(schema, names);
  const type = contentType ?? (schema === undefined ? undefined : 'application/json');
  return {
    description,
    ...(headers === undefined
      ? {}
      : {
          headers: Object.fromEntries(
            Object.entries(headers).map(([name, means]) => [name, { description: means, schema: { type: 'string' } }]),
          ),
        }),
    ...(type === undefined ? {} : { content: { [type]: { schema: told } } }),
  };
}

const problem = (description: string): Json => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

function ref(schema: z.ZodType, names: Names): Json {
  const name = names.get(schema)?.id;
  if (name === undefined) throw new TypeError('a schema of a route has no name in named-schemas.ts');
  return { $ref: `#/components/schemas/${name}` };
}

function components(names: Names): Json {
  const { schemas } = z.toJSONSchema(names, {
    io: 'output',
    uri: (id) => `#/components/schemas/${id}`,
    override: ({ jsonSchema }) => {
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern; // says the same at ten times the length
    },
  });
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, plain(schema)]));
}

function plain(schema: Json): Json {
  const { $schema: _dialect, $id: _id, id: _name, ...rest } = schema;
  return rest;
}
