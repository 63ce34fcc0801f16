import { type LoggerService } from '@nestjs/common';
import { log } from './log.js';

/** Nest's own messages in the hub's log; its start-up messages have level debug. */
export class NestLog implements LoggerService {
  log(message: unknown, context?: string) {
    log.debug({ context }, String(message));
  }

  warn(message: unknown, context?: string) {
    log.warn({ context }, String(message));
  }

  error(message: unknown, stack?: string, context?: string) {
    log.error({ context, stack }, String(message));
  }
}
