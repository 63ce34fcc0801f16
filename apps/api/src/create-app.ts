import { type IncomingMessage } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module.js';
import { HttpErrorFilter } from './platform/http/http-error.filter.js';
import { RateLimiter } from './platform/rate-limit/rate-limiter.js';
import { log } from './platform/logging/log.js';
import { RejectionMetrics } from './platform/metrics/rejection-metrics.js';
import { mountOpenApi } from './platform/openapi/openapi.js';
import { NestLog } from './platform/logging/nest-log.js';
import { requestLog } from './platform/logging/request-log.js';
import { sendRequestId } from './platform/logging/request-id.js';
import { type Config } from './config/config.js';
import { AudienceStateService } from './feed/join/audience-state.service.js';
import { stateFastPath, takeFirst } from './feed/join/state-fast-path.js';
import { isImport } from './programme/import/import-body.js';
import { readLimit } from './platform/rate-limit/read-limit.js';
import { crowdedPage } from './pages/crowded-page.js';
import { onlyEncrypted } from './platform/http/secure-transport.js';
import { neverCached, securityHeaders } from './platform/http/security-headers.js';
import { cutSlowClients } from './platform/http/slow-clients.js';
import { createSocketAdapter } from './feed/connections/create-socket-adapter.js';

/** Bodies are small, except the import of a whole programme, which reads its own body after authentication. */
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
  takeFirst(app.getHttpServer(), readLimit(app.get(RateLimiter), config, crowdedPage));
  app.use(sendRequestId, requestLog, securityHeaders(config), onlyEncrypted(config));
  app.use(['/api', '/metrics'], neverCached);
  app.useBodyParser('json', { limit: BODY_LIMIT, type: isSmallJson });
  app.setGlobalPrefix('api', { exclude: ['metrics'] });
  mountOpenApi(app, config);
  app.useGlobalFilters(new HttpErrorFilter(app.get(RejectionMetrics)));
  app.useWebSocketAdapter(createSocketAdapter(app, config));
  return app;
}
