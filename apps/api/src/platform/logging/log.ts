import { pino } from 'pino';

/** Tokens, and what PostgreSQL quotes of a row: taken out wherever they turn up. */
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

/** The one logger. It never sees tokens, message texts or whole addresses: callers pass ids. */
export const log = pino({
  name: 'plenum',
  level: 'info',
  redact: REDACTED,
});
