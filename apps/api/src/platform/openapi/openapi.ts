import { type INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { type NextFunction, type Request, type Response } from 'express';
import { z } from 'zod';
import { errorEnvelope } from '#libs/contract/errors';
import { cookieName } from '../http/token-cookie-name.js';
import { type Config } from '../../config/config.js';
import { VERSION } from '../metrics/version.js';
import { completeDocument } from './complete-document.js';
import { describeRoutes, operationId } from './described-routes.js';

/** Swagger's page uses inline styles, but runs no inline script. */
const DOCS_CSP =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** Serves the OpenAPI document and the page that shows it. Built at the first request; call before the app listens. */
export function mountOpenApi(app: INestApplication, config: Pick<Config, 'NODE_ENV' | 'publicUrl'>): void {
  app.use('/api/docs', (_: Request, response: Response, next: NextFunction) => {
    response.setHeader('Content-Security-Policy', DOCS_CSP);
    next();
  });
  SwaggerModule.setup('api/docs', app, () => createDocument(app, config), {
    jsonDocumentUrl: 'api/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Plenum API',
  });
}

/** The content of the controllers, the guards and the contract's schemas: every operation with every status that it returns. */
function createDocument(app: INestApplication, config: Pick<Config, 'NODE_ENV' | 'publicUrl'>): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('Plenum')
    .setDescription(
      'The HTTP side of the hub. Questions, votes and polls go over Socket.IO, see libs/contract/socket.ts.',
    )
    .setVersion(VERSION)
    .addServer(config.publicUrl)
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 'bearer')
    .addCookieAuth(cookieName(config), undefined, 'cookie')
    .addSecurityRequirements('bearer')
    .addSecurityRequirements('cookie')
    // makes the envelope a component; each operation defines which statuses carry it
    .addGlobalResponse({ status: 'default', description: '', standardSchema: errorEnvelope });
  const document = SwaggerModule.createDocument(app, builder.build(), {
    standardSchemaConverter: (schema, { schemaType }) => convert(schema, schemaType),
    operationIdFactory: operationId,
  });
  return completeDocument(document, describeRoutes(app));
}

/** Wrapped in an object, so that a schema with an id is a component also where it stands alone. */
function convert(schema: unknown, io: 'input' | 'output') {
  if (!(schema instanceof z.ZodType)) return undefined;
  const wrapped = z.object({ it: schema });
  const { properties, definitions } = z.toJSONSchema(wrapped, { target: 'openapi-3.0', io, unrepresentable: 'any' });
  return { schema: properties?.it, components: definitions as Record<string, unknown> | undefined };
}
