import { randomUUID } from 'node:crypto';
import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { AppError } from './app-error.js';
import { log } from './log.js';
import { toAppError } from './to-app-error.js';

type Ack = (answer: unknown) => void;

/** Answers the ack of a failed message with its error. Nest applies no global filter to gateways: each one names this. */
@Catch()
export class WsErrorFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost) {
    const requestId = randomUUID();
    const known = toAppError(error);
    if (!known) log.error({ err: error, requestId, pattern: host.switchToWs().getPattern() }, 'unexpected error');
    const refusal = known ?? new AppError('internal', { message: 'Something went wrong here.' });
    const ack = host.getArgs<unknown[]>().find((argument): argument is Ack => typeof argument === 'function');
    ack?.({ ok: false, error: refusal.toWire(requestId) });
  }
}
