import { randomUUID } from 'node:crypto';
import { type ArgumentsHost, Catch, type ExceptionFilter, Injectable } from '@nestjs/common';
import { type Request, type Response } from 'express';
import { type WireError } from '#libs/contract/errors';
import { log } from '../logging/log.js';
import { loggedPath } from '../logging/logged-path.js';
import { RejectionMetrics } from '../metrics/rejection-metrics.js';
import { requestIdOf } from '../logging/request-id.js';
import { AppError } from '../errors/app-error.js';
import { toAppError } from '../errors/to-app-error.js';

/** What the error belongs to, for the log. */
type Source = { readonly path: string } | { readonly pattern: string };

/** Every error of a request, by HTTP or socket, is sent as the wire contract says; unknown ones are logged once and returned as 'internal'. */
@Catch()
@Injectable()
export class ErrorFilter implements ExceptionFilter {
  constructor(private readonly rejections: RejectionMetrics) {}

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType<string>() === 'ws') this.reply(error, host);
    else this.respond(error, host);
  }

  /** An error as clients get it. */
  toWire(error: unknown, source: Source, requestId: string = randomUUID()): WireError {
    return this.refusalOf(error, source, requestId).toWire(requestId);
  }

  /** Every handler of a message gets a function that sends its ack, after the payload. */
  private reply(error: unknown, host: ArgumentsHost) {
    const { 2: reply } = host.getArgs<[unknown, unknown, (answer: unknown) => void]>();
    reply({ ok: false, error: this.toWire(error, { pattern: host.switchToWs().getPattern() }) });
  }

  private respond(error: unknown, host: ArgumentsHost) {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const requestId = requestIdOf(request);
    const refusal = this.refusalOf(error, { path: loggedPath(request.path) }, requestId);
    if (response.headersSent) return void response.end();
    if (refusal.retryAfter !== undefined) response.setHeader('Retry-After', Math.ceil(refusal.retryAfter));
    response
      .status(refusal.status)
      .type('json')
      .set('Cache-Control', 'no-store')
      .json({ error: refusal.toWire(requestId) });
  }

  private refusalOf(error: unknown, source: Source, requestId: string | undefined): AppError {
    const known = toAppError(error);
    if (known) this.rejections.countSignIn(known.code);
    else log.error({ err: error, requestId, ...source }, 'unexpected error');
    return known ?? new AppError('internal', { message: 'Something went wrong here.' });
  }
}
