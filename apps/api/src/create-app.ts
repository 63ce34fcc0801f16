import { NestFactory } from '@nestjs/core';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { json } from 'express';
import { AppModule } from './app.module.js';
import { HttpErrorFilter } from './common/http-error.filter.js';
import { log } from './common/log.js';
import { mountOpenApi } from './openapi.js';
import { NestLog } from './common/nest-log.js';
import { requestLog } from './common/request-log.js';
import { sendRequestId } from './common/request-id.js';
import { type Config } from './config.js';
import { securityHeaders } from './security-headers.js';
import { createSocketAdapter } from './socket-adapter.js';

/** Bodies are small, but for the one call that takes a whole programme. */
const BODY_LIMIT = '64kb';
const IMPORT_LIMIT = '5mb';

/** The whole hub, composed but not yet listening; tests start several in one process. */
export async function createApp(config: Config): Promise<NestExpressApplication> {
  log.level = config.LOG_LEVEL;
  const app = await NestFactory.create<NestExpressApplication>(AppModule.with(config), {
    logger: new NestLog(),
    bodyParser: false,
    abortOnError: false,
    forceCloseConnections: true,
  });
  app.disable('x-powered-by');
  app.set('trust proxy', config.TRUST_PROXY);
  app.use(sendRequestId, requestLog, securityHeaders(config));
  app.use('/api/events/:slug/schedule', json({ limit: IMPORT_LIMIT }));
  app.useBodyParser('json', { limit: BODY_LIMIT });
  app.setGlobalPrefix('api', { exclude: ['metrics'] });
  mountOpenApi(app, config);
  app.useGlobalFilters(new HttpErrorFilter());
  app.useWebSocketAdapter(createSocketAdapter(app, config));
  return app;
}
