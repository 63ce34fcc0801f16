import { useTranslation } from 'react-i18next';
import { isReadingLimited } from './read-again.js';

export interface Problem {
  /** What happened, and what to do. */
  readonly text: string;
  readonly requestId?: string | undefined;
  /** The visible question that is the cause. */
  readonly questionId?: string | undefined;
}

interface RequestFailure {
  readonly code: string;
  readonly details?: { readonly requestId?: string; readonly retryAfter?: number };
  readonly requestId?: string;
  readonly retryAfter?: number;
  readonly questionId?: string;
}

/** A DOMException has a number as its `code`. */
const isRequestFailure = (error: unknown): error is RequestFailure =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string';

/** The messages of browsers for a part of the app that could not be loaded. */
const NOT_LOADED = /dynamically imported module|importing a module script|unable to preload/i;

/** Whether something failed because of the connection, and not by a defect. */
function isWithoutNetwork(error: unknown): boolean {
  return !navigator.onLine || (error instanceof Error && NOT_LOADED.test(error.message));
}

/** The text for any error, over HTTP or a socket, by its code. */
export function useProblem(): (error: unknown) => Problem {
  const { t } = useTranslation('errors');
  return (error) => {
    if (!isRequestFailure(error)) return { text: t(isWithoutNetwork(error) ? 'offline' : 'internal') };
    const { requestId, retryAfter, questionId } = { ...error, ...error.details };
    const seconds = retryAfter === undefined ? undefined : Math.max(1, Math.ceil(retryAfter));
    return { text: t([keyOf(error, seconds), 'internal'], { count: seconds }), requestId, questionId };
  };
}

function keyOf(error: RequestFailure, seconds: number | undefined): string {
  if (seconds === undefined || error.code !== 'rate.limited') return error.code.replaceAll('.', '_');
  return isReadingLimited(error) ? 'reading_limited_for' : 'rate_limited_for';
}
