import { pino } from 'pino';

/** The one logger. It never sees tokens, message texts or whole addresses: callers pass ids. */
export const log = pino({
  name: 'plenum',
  level: 'info',
  redact: { paths: ['*.token', '*.password', '*.authorization', '*.cookie', 'req.headers', 'err.parameters', 'err.query', 'err.driverError'], remove: true },
});
