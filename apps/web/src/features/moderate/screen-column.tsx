import { useTranslation } from 'react-i18next';
import type { Event, Session } from '#libs/contract/programme';
import type { ModerationAction, Question } from '#libs/contract/question';
import { Button } from '../../ui/button.js';
import { formatCountdown } from '../../ui/countdown.js';
import { Kbd } from '../../ui/kbd.js';
import { useNow } from '../../ui/use-now.js';
import { UserText } from '../../ui/user-text.js';
import type { LiveSession } from '../session/use-session.js';
import styles from './moderate.module.css';
import { PollDesk } from './poll-desk.js';
import { StagePanel } from './stage-panel.js';
import type { Moderation } from './use-moderation.js';

interface ScreenColumnProps {
  readonly event: Event;
  readonly session: Session;
  readonly live: LiveSession;
  readonly onScreen: Question | null;
  readonly moderation: Moderation;
  readonly onAct: (question: Question, action: ModerationAction) => void;
}

/** What the audience sees now: always in view. */
export function ScreenColumn({ event, session, live, onScreen, moderation, onAct }: ScreenColumnProps) {
  const { t } = useTranslation('moderate');
  const room = event.rooms.find(({ id }) => id === session.roomId);
  return (
    <section className={styles.column} data-panel="screen" aria-labelledby="screen">
      <header className={styles.head}>
        <h2 id="screen">{t('column.screen')}</h2>
        {onScreen && (
          <Button size="small" variant="primary" onClick={() => onAct(onScreen, 'answer')}>
            {t('act.answer')} <Kbd isHint>D</Kbd>
          </Button>
        )}
      </header>
      <div className={styles.inside}>
        {onScreen ? (
          <OnScreen question={onScreen} offset={live.serverOffset} onAct={onAct} />
        ) : (
          <p className={styles.nothing}>{t('nothing-on-screen')}</p>
        )}
        <PollDesk session={session} polls={live.polls} offset={live.serverOffset} moderation={moderation} />
        {room && <StagePanel room={room} />}
      </div>
    </section>
  );
}

function OnScreen({
  question,
  offset,
  onAct,
}: {
  readonly question: Question;
  readonly offset: number;
  readonly onAct: ScreenColumnProps['onAct'];
}) {
  const { t } = useTranslation('moderate');
  const since = useNow(1000, offset) - Date.parse(question.liveAt ?? question.askedAt);
  return (
    <article className={styles.onScreen} data-testid="on-screen">
      <p>
        <UserText lang={question.language}>{question.text}</UserText>
      </p>
      <p className="muted numbers">
        {t('votes', { count: question.score })} · {t('on-screen-for', { time: formatCountdown(since) })}
      </p>
      <div className={styles.row}>
        <Button size="small" onClick={() => onAct(question, 'reopen')}>
          {t('take-down')}
        </Button>
      </div>
    </article>
  );
}
