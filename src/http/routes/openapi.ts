import { answer } from '../answer.js';
import { openApiDocument } from '../openapi/document.js';
import type { Service } from '../service.js';
import { openApiSchema } from '../wire/open-api.js';
import type { Route } from './route.js';

export function openApiRoute({ options, version }: Service, routes: readonly Route[]): Route {
  let text: string | undefined; // made when somebody asks for it
  const route: Route = {
    method: 'GET',
    path: '/openapi.json',
    access: 'public',
    doc: {
      operationId: 'openApi',
      summary: 'This document',
      answers: { 200: { description: 'OpenAPI 3.1', schema: openApiSchema } },
    },
    answer: () => {
      const secured = options.auth !== 'none';
      text ??= JSON.stringify(openApiDocument([...routes, route], { basePath: options.basePath, version, secured }));
      return answer(text, 200, { 'Content-Type': 'application/json' });
    },
  };
  return route;
}
