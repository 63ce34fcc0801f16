import type { Event, Room, Session } from '#libs/contract/programme';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, type ButtonSize } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { VisuallyHidden } from '../../ui/visually-hidden.js';

/** Loaded on demand: the programme's first load has no menu. */
const CalendarMenu = lazy(() => import('./calendar-menu.js').then((module) => ({ default: module.CalendarMenu })));

interface CalendarButtonProps {
  readonly event: Pick<Event, 'slug'>;
  readonly session: Session;
  readonly room: Room | undefined;
  readonly title: string;
  readonly size?: ButtonSize;
}

/** Offers a session to common calendars. */
export function CalendarButton({ event, session, room, title, size = 'small' }: CalendarButtonProps) {
  const { t } = useTranslation('programme');
  const [isWanted, setIsWanted] = useState(false);
  const button = (
    <Button size={size} aria-haspopup="menu" onClick={() => setIsWanted(true)}>
      <Icon name="calendar" size={17} /> {t('calendar.short')} <VisuallyHidden>{title}</VisuallyHidden>
    </Button>
  );
  if (!isWanted) return button;
  return (
    <Suspense fallback={button}>
      <CalendarMenu event={event} session={session} room={room} trigger={button} />
    </Suspense>
  );
}
