import type { Event, Room, Session } from '#libs/contract/programme';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { localise } from '../../i18n/localise.js';
import { Menu } from '../../ui/menu.js';
import { eventCalendar, googleCalendar, outlookCalendar, sessionCalendar } from './calendar.js';
import { placeOf } from './session-facts.js';

interface CalendarMenuProps {
  readonly event: Pick<Event, 'slug'>;
  readonly session: Session;
  readonly room: Room | undefined;
  readonly trigger: ReactElement;
}

/** The calendar formats for this session; the whole programme last. */
export function CalendarMenu({ event, session, room, trigger }: CalendarMenuProps) {
  const { t, i18n } = useTranslation('programme');
  const { title } = localise(session, i18n.language);
  const url = new URL(`/${event.slug}/s/${session.slug}`, location.origin).href;
  const place = room && placeOf(localise(room, i18n.language));
  const entry = { title, start: session.start, end: session.end, place, url };
  return (
    <Menu
      isOpenAtFirst
      trigger={trigger}
      items={[
        { label: t('calendar.file'), href: sessionCalendar(event.slug, session) },
        { label: t('calendar.google'), href: googleCalendar(entry) },
        { label: t('calendar.outlook'), href: outlookCalendar(entry) },
        { label: t('calendar.whole'), href: eventCalendar(event.slug) },
      ]}
    />
  );
}
