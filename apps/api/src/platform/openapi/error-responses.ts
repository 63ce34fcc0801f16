import { type ErrorCode, ERRORS } from '#libs/contract/errors';
import { isSafe } from '../http/safe-method.js';
import { type DescribedRoute } from './described-routes.js';

interface ErrorResponse {
  readonly description: string;
  readonly headers?: object;
  readonly content: object;
}

/** Statuses that return when to retry. */
const RETRY_AFTER = [429, 503];
const RETRY_HEADER = {
  'Retry-After': { description: 'Seconds until a retry makes sense.', schema: { type: 'integer', minimum: 1 } },
};
const ENVELOPE = { $ref: '#/components/schemas/ErrorEnvelope' };

/** Errors of any call: broken JSON, an invalid token, a banned person, an unavailable hub. */
const ALWAYS: readonly ErrorCode[] = [
  'request.invalid',
  'auth.invalid',
  'auth.expired',
  'auth.guests_refused',
  'actor.banned',
  'internal',
  'busy',
];
/** Errors of the guards and the body parser for a call that changes something. */
const CHANGING: readonly ErrorCode[] = ['auth.origin_refused', 'request.too_large', 'rate.limited'];

/** Every code that an operation refuses with: those of its kind, and its own. */
export function refusalCodes(method: string, path: string, route: DescribedRoute): ErrorCode[] {
  const codes = new Set<ErrorCode>(ALWAYS);
  const add = (isSo: boolean, more: readonly ErrorCode[]) => isSo && more.forEach((code) => codes.add(code));
  add(!route.isPublic, ['auth.required']);
  add(!route.isPublic && !route.isBeforePasswordChange, ['auth.password_change_required', 'forbidden']);
  add(!isSafe({ method: method.toUpperCase() }), CHANGING);
  add(route.isLimited, ['rate.limited']);
  add(path.includes('{'), ['not_found']);
  add(true, route.refuses);
  return [...codes];
}

/** The responses of the document for these codes: one for each status, with an example for each code. */
export function errorResponses(codes: readonly ErrorCode[]): Record<string, ErrorResponse> {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) byStatus.set(ERRORS[code], [...(byStatus.get(ERRORS[code]) ?? []), code]);
  return Object.fromEntries(
    [...byStatus].sort(([a], [b]) => a - b).map((entry) => [String(entry[0]), errorResponse(...entry)]),
  );
}

function errorResponse(status: number, codes: readonly ErrorCode[]): ErrorResponse {
  const isLater = RETRY_AFTER.includes(status);
  const examples = Object.fromEntries(codes.map((code) => [code, { value: example(code, isLater) }]));
  return {
    description: `Refused: ${codes.join(', ')}.`,
    ...(isLater && { headers: RETRY_HEADER }),
    content: { 'application/json': { schema: ENVELOPE, examples } },
  };
}

const CHALLENGE = { token: 'l3JgkXxIbDhnH0aRaSXaAhC3Xh0Hk6dQ2mJwT5vYbNc', bits: 16 };
const example = (code: ErrorCode, isLater: boolean) => ({
  error: {
    code,
    message: code,
    requestId: '8f14e45f-ceea-467f-a8f5-5e9a3c6d7b21',
    ...(isLater && { retryAfter: 1 }),
    ...(code === 'auth.proof_required' && { challenge: CHALLENGE }),
  },
});
