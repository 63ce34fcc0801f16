import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { type Request, type Response } from 'express';
import { AppError } from '../errors/app-error.js';
import { log } from '../logging/log.js';
import { loggedPath } from '../logging/logged-path.js';
import { type RejectionMetrics } from '../metrics/rejection-metrics.js';
import { requestIdOf } from '../logging/request-id.js';
import { toAppError } from '../errors/to-app-error.js';

/** Every HTTP error is sent in the envelope of the wire contract; unknown ones are logged once and returned as 'internal'. */
@Catch()
export class HttpErrorFilter implements ExceptionFilter {
  constructor(private readonly refusals: Pick<RejectionMetrics, 'countSignIn'>) {}

  catch(error: unknown, host: ArgumentsHost) {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const requestId = requestIdOf(request);
    const known = toAppError(error);
    if (!known) log.error({ err: error, requestId, path: loggedPath(request.path) }, 'unexpected error');
    if (known) this.refusals.countSignIn(known.code);
    if (response.headersSent) return response.end();
    const refusal = known ?? new AppError('internal', { message: 'Something went wrong here.' });
    if (refusal.retryAfter !== undefined) response.setHeader('Retry-After', Math.ceil(refusal.retryAfter));
    response
      .status(refusal.status)
      .type('json')
      .set('Cache-Control', 'no-store')
      .json({ error: refusal.toWire(requestId) });
  }
}
