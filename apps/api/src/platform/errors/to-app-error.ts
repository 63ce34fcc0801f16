import { HttpException } from '@nestjs/common';
import { QueryFailedError } from 'typeorm';
import { AppError } from './app-error.js';

/**
 * PostgreSQL error classes and codes that mean "not now": connection lost (08), rolled back for others (40, without constraints),
 * resources (53), cancelled or shutting down (57), transaction timeouts (25P03, 25P04), read-only (25006), lock timeout (55P03).
 */
const TRANSIENT = /^(08|40(?!002)|53|57|25006|25P03|25P04|55P03)/;
const NETWORK = /^(ECONN(REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|E(HOST|NET)(UNREACH|DOWN))$/;
/** The messages of pg and TypeORM for a connection that does not exist, or was lost between two statements. */
const POOL =
  /timeout exceeded when trying to connect|Connection terminated|Query read timeout|Cannot use a pool|Driver not Connected|not queryable|already released/i;

/** Whether the database could not do this now, so that a retry may succeed. The outcome of a commit may be unknown. */
export function isTransient(error: unknown): boolean {
  const cause = error instanceof QueryFailedError ? (error.driverError as unknown) : error;
  const { code, message } = (cause ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code === 'string' && (TRANSIENT.test(code) || NETWORK.test(code))) return true;
  return typeof message === 'string' && POOL.test(message);
}

/** The constraint that PostgreSQL reports as violated, so that a feature can throw its own error. */
export function violatedConstraint(error: unknown): string | undefined {
  const cause = error instanceof QueryFailedError ? (error.driverError as unknown) : error;
  const { code, constraint } = (cause ?? {}) as { code?: unknown; constraint?: unknown };
  return typeof code === 'string' && code.startsWith('23') && typeof constraint === 'string' ? constraint : undefined;
}

/** Any thrown value as the refusal that clients get; null when it is a defect, to be logged and returned as 'internal'. */
export function toAppError(error: unknown): AppError | null {
  if (error instanceof AppError) return error;
  if (isTransient(error))
    return new AppError('busy', { message: 'The database is unavailable.', retryAfter: 1, cause: error });
  if (error instanceof HttpException) return fromHttp(error);
  return fromBodyParser(error);
}

function fromHttp(error: HttpException): AppError | null {
  switch (error.getStatus()) {
    case 400:
      return new AppError('request.invalid', { message: error.message });
    case 401:
      return new AppError('auth.required');
    case 403:
      return new AppError('forbidden');
    case 404:
      return new AppError('not_found');
    case 413:
      return new AppError('request.too_large');
    case 429:
      return new AppError('rate.limited', { retryAfter: 1 });
    case 503:
      return new AppError('busy', { retryAfter: 1 });
    default:
      return null;
  }
}

/** Express's body parser throws plain errors with a `type`. */
function fromBodyParser(error: unknown): AppError | null {
  const { type, status } = (error ?? {}) as { type?: unknown; status?: unknown };
  if (typeof type !== 'string' || typeof status !== 'number' || status >= 500) return null;
  return new AppError(type === 'entity.too.large' ? 'request.too_large' : 'request.invalid', { message: type });
}
