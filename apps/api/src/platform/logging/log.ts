import { pino } from 'pino';

/** Tokens, and row values that PostgreSQL quotes: removed wherever they occur. */
export const REDACTED = {
  paths: [
    '*.token',
    '*.password',
    '*.authorization',
    '*.cookie',
    'req.headers',
    'err.parameters',
    'err.query',
    'err.driverError',
    'err.detail',
    'err.where',
  ],
  remove: true,
};

/** The only logger. It never gets tokens, message texts or whole addresses: callers pass ids. */
export const log = pino({
  name: 'plenum',
  level: 'info',
  redact: REDACTED,
});
