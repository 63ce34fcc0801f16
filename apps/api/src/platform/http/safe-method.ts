import { type Request } from 'express';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether a call only reads, by its method (RFC 9110, 9.2.1). */
export const isSafe = ({ method }: Pick<Request, 'method'>) => SAFE_METHODS.has(method);
