import { QUESTION_ORDERS, type QuestionOrder } from '../../features/questions/question-order.js';

const SESSION_TABS = ['questions', 'poll', 'about'] as const;
export type SessionTab = (typeof SESSION_TABS)[number];

export interface SessionSearch {
  readonly tab?: SessionTab | undefined;
  readonly order?: QuestionOrder | undefined;
}

/** The search parameters of a session's address: the tab, none for the default one, and the order of the questions. */
export function parseSessionSearch(search: Record<string, unknown>): SessionSearch {
  const tab = SESSION_TABS.find((known) => known === search['tab']);
  const order = QUESTION_ORDERS.find((known) => known === search['order']);
  return { ...(tab && { tab }), ...(order && { order }) };
}
