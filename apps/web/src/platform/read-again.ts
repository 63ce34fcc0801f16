import { ApiError } from './api.js';

/** Where the hub sent no `Retry-After`. */
const UNTOLD_S = 5;
/** Pages of one network must not all retry in the same second. One number for each page, so that a timer keeps its time. */
const OWN_SPREAD_MS = 500 + Math.random() * 3000;

/** Whether the hub refused further reads of this network for the moment. */
export function isReadingLimited(error: unknown): error is ApiError {
  return error instanceof ApiError && error.code === 'rate.limited' && error.isRead;
}

/** In how many ms to retry after such a refusal; undefined for every other error. */
export function readAgainAfter(error: unknown): number | undefined {
  return isReadingLimited(error) ? (error.details.retryAfter ?? UNTOLD_S) * 1000 + OWN_SPREAD_MS : undefined;
}

/** A query's interval that respects such a refusal. */
export const pollEvery =
  (milliseconds: number) =>
  ({ state }: { readonly state: { readonly error: unknown } }): number =>
    readAgainAfter(state.error) ?? milliseconds;
