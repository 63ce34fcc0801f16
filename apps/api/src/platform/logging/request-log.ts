import { type Request } from 'express';
import { pinoHttp } from 'pino-http';
import { log } from './log.js';
import { loggedPath } from './logged-path.js';
import { requestIdOf } from './request-id.js';

/** One line per API call: what was requested and how it ended, never by whom, from which address or with which token. */
export const requestLog = pinoHttp<Request>({
  logger: log,
  genReqId: (request) => requestIdOf(request),
  autoLogging: { ignore: (request) => !request.url.startsWith('/api/') || request.url.startsWith('/api/health') },
  customLogLevel: (_, response, error) => (error || response.statusCode >= 500 ? 'warn' : 'debug'),
  serializers: {
    req: ({ id, method, url }: { id: string; method: string; url: string }) => ({
      id,
      method,
      path: loggedPath(url),
    }),
    res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
  },
});
