import type { Event, Session } from '#libs/contract/programme';

/** The start page of a demo role: the live plenary, or the next session. */
export function demoStart({ slug, sessions, rooms }: Pick<Event, 'slug' | 'sessions' | 'rooms'>, role: string): string {
  const isPlenary = ({ roomId }: Session) => rooms.some(({ id, kind }) => id === roomId && kind === 'plenary');
  const live = sessions.filter(({ state }) => state === 'live');
  const session = live.find(isPlenary) ?? live[0] ?? sessions.find(({ state }) => state === 'scheduled');
  if (!session || role === 'organiser') return `/${slug}`;
  if (role === 'projector') return `/present/${slug}/${session.slug}`;
  const page = `/${slug}/s/${session.slug}`;
  if (role === 'moderator') return `${page}/moderate`;
  return role === 'speaker' ? `${page}/speak` : page;
}
