import { useTranslation } from 'react-i18next';

export interface Problem {
  /** What happened, and what to do. */
  readonly text: string;
  readonly requestId?: string | undefined;
  /** The visible question that is the reason. */
  readonly questionId?: string | undefined;
}

interface Refusal {
  readonly code: string;
  readonly details?: { readonly requestId?: string; readonly retryAfter?: number };
  readonly requestId?: string;
  readonly retryAfter?: number;
  readonly questionId?: string;
}

/** A DOMException has a number as its `code`. */
const isRefusal = (error: unknown): error is Refusal =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string';

/** Words for whatever went wrong, over HTTP or a socket, by its code. */
export function useProblem(): (error: unknown) => Problem {
  const { t } = useTranslation('errors');
  return (error) => {
    if (!isRefusal(error)) return { text: t('internal') };
    const { requestId, retryAfter, questionId } = { ...error, ...error.details };
    const seconds = retryAfter === undefined ? undefined : Math.max(1, Math.ceil(retryAfter));
    const key =
      seconds !== undefined && error.code === 'rate.limited' ? 'rate_limited_for' : error.code.replaceAll('.', '_');
    return { text: t([key, 'internal'], { count: seconds }), requestId, questionId };
  };
}
