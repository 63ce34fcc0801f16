import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import type { Event, Session } from '#libs/contract/programme';
import type { ModerationAction } from '#libs/domain/question-transitions';
import type { Question } from '#libs/contract/question';
import type { Screen } from '#libs/contract/screen';
import { Tag } from '../../ui/tag.js';
import type { LiveSession } from '../../features/session/use-session.js';
import { AnsweringNow } from './answering-now.js';
import styles from './moderate.module.css';
import { PollDesk } from './poll-desk.js';
import { ScreenPanel } from './screen-panel.js';
import { SpeakersPanel } from './speakers-panel.js';
import { StagePanel } from './stage-panel.js';
import type { Moderation } from './use-moderation.js';

interface ScreenColumnProps {
  readonly event: Event;
  readonly session: Session;
  readonly live: LiveSession;
  readonly screen: Screen;
  /** The live question with what can be done with it. */
  readonly answering: Pick<ComponentProps<typeof AnsweringNow>, 'question' | 'menu' | 'aside'> | null;
  readonly moderation: Moderation;
  readonly onAct: (question: Question, action: ModerationAction) => void;
}

/** What the audience sees now, always in view, and under it what scrolls: polls and the stage. */
export function ScreenColumn({ event, session, live, screen, answering, moderation, onAct }: ScreenColumnProps) {
  const { t } = useTranslation('moderate');
  const room = event.rooms.find(({ id }) => id === session.roomId);
  return (
    <section className={styles.column} data-panel="screen" aria-labelledby="screen">
      <div className={styles.screen} data-testid="on-screen">
        <header className={styles.screenHead}>
          <h2 id="screen">{t('column.screen')}</h2>
          <Tag tone="live">{t('screen.everybody')}</Tag>
        </header>
        <ScreenPanel event={event} session={session} live={live} screen={screen} onShow={moderation.show} />
        {answering && <AnsweringNow {...answering} screen={screen} offset={live.serverOffset} onAct={onAct} />}
      </div>
      <div className={styles.inside}>
        <SpeakersPanel session={session} live={live} timeZone={event.timeZone} moderation={moderation} />
        <PollDesk
          session={session}
          polls={live.polls}
          screen={screen}
          offset={live.serverOffset}
          moderation={moderation}
          languages={event.languages}
        />
        {room && <StagePanel room={room} />}
      </div>
    </section>
  );
}
