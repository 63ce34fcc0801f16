export const SESSION_TABS = ['questions', 'poll', 'about'] as const;
export type SessionTab = (typeof SESSION_TABS)[number];

/** The tab that the address of a session names; none means the first that matters now. */
export function parseSessionSearch(search: Record<string, unknown>): { readonly tab?: SessionTab | undefined } {
  const tab = SESSION_TABS.find((known) => known === search['tab']);
  return tab ? { tab } : {};
}
