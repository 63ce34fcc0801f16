import { type IncomingMessage } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module.js';
import { HttpErrorFilter } from './common/http-error.filter.js';
import { RateLimiter } from './common/limits.js';
import { log } from './common/log.js';
import { RejectionMetrics } from './common/refusals.js';
import { mountOpenApi } from './openapi.js';
import { NestLog } from './common/nest-log.js';
import { requestLog } from './common/request-log.js';
import { sendRequestId } from './common/request-id.js';
import { type Config } from './config.js';
import { AudienceStateService } from './feed/audience-state.service.js';
import { stateFastPath, takeFirst } from './feed/state-fast-path.js';
import { isImport } from './programme/import/import-body.js';
import { readLimit } from './read-limit.js';
import { onlyEncrypted } from './secure-transport.js';
import { neverCached, securityHeaders } from './security-headers.js';
import { cutSlowClients } from './slow-clients.js';
import { createSocketAdapter } from './socket-adapter.js';

/** Bodies are small, but for the import of a whole programme, which reads its own once it knows who sends it. */
const BODY_LIMIT = '64kb';
const isSmallJson = (request: IncomingMessage) =>
  /^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '') && !isImport(request);

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
  cutSlowClients(app.getHttpServer());
  takeFirst(app.getHttpServer(), stateFastPath(app.get(AudienceStateService), config));
  takeFirst(app.getHttpServer(), readLimit(app.get(RateLimiter), config));
  app.use(sendRequestId, requestLog, securityHeaders(config), onlyEncrypted(config));
  app.use(['/api', '/metrics'], neverCached);
  app.useBodyParser('json', { limit: BODY_LIMIT, type: isSmallJson });
  app.setGlobalPrefix('api', { exclude: ['metrics'] });
  mountOpenApi(app, config);
  app.useGlobalFilters(new HttpErrorFilter(app.get(RejectionMetrics)));
  app.useWebSocketAdapter(createSocketAdapter(app, config));
  return app;
}
