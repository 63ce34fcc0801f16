import type { Event, Session } from '#libs/contract/programme';

/** Where a role of the demo begins: at the live plenary, or at the next thing that comes. */
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
