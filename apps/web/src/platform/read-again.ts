import { ApiError } from './api.js';

/** Where the hub did not say how long to wait. */
const UNTOLD_S = 5;
/** Pages of one network do not all come back in the same second. One number for each page, so that a timer keeps its time. */
const OWN_SPREAD_MS = 500 + Math.random() * 3000;

/** Whether the hub refused to let this network read more for the moment. */
export function isReadingLimited(error: unknown): error is ApiError {
  return error instanceof ApiError && error.code === 'rate.limited' && error.isRead;
}

/** In how many ms to read again after such a refusal; undefined for every other error. */
export function readAgainAfter(error: unknown): number | undefined {
  return isReadingLimited(error) ? (error.details.retryAfter ?? UNTOLD_S) * 1000 + OWN_SPREAD_MS : undefined;
}

/** A query's interval that waits as long as such a refusal says. */
export const pollEvery =
  (milliseconds: number) =>
  ({ state }: { readonly state: { readonly error: unknown } }): number =>
    readAgainAfter(state.error) ?? milliseconds;
