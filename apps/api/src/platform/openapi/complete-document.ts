import { STATUS_CODES } from 'node:http';
import { type OpenAPIObject } from '@nestjs/swagger';
import { type DescribedRoute } from './described-routes.js';
import { refusalCodes, errorResponses } from './error-responses.js';

interface Operation {
  readonly operationId?: string;
  responses: Record<string, { description?: string }>;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Adds to every operation what follows from its decorators: each status it refuses with, and 304 where responses have an ETag. */
export function completeDocument(document: OpenAPIObject, routes: ReadonlyMap<string, DescribedRoute>): OpenAPIObject {
  for (const [path, item] of Object.entries(document.paths))
    for (const method of METHODS) {
      const operation = item[method] as Operation | undefined;
      if (operation) complete(operation, method, path, routes);
    }
  return document;
}

function complete(
  operation: Operation,
  method: string,
  path: string,
  routes: ReadonlyMap<string, DescribedRoute>,
): void {
  const route = routes.get(operation.operationId ?? '');
  if (!route) throw new Error(`${method} ${path} belongs to no known controller`);
  const successes = Object.entries(operation.responses).filter(([status]) => /^2\d\d$/.test(status));
  operation.responses = {
    ...Object.fromEntries(successes.map(([status, response]) => [status, named(status, response)])),
    ...(method === 'get' && { 304: { description: 'Unchanged since the ETag of If-None-Match.' } }),
    ...errorResponses(refusalCodes(method, path, route)),
  };
}

/** The document's format requires a description of every response. */
const named = (status: string, response: { description?: string }) => ({
  ...response,
  description: response.description || (STATUS_CODES[status] ?? ''),
});
