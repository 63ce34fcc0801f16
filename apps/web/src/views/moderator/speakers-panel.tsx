import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Session } from '#libs/contract/programme';
import { isOver } from '#libs/domain/session-states';
import { Button } from '../../ui/button.js';
import { CueDesk } from '../../features/cues/cue-desk.js';
import type { LiveSession } from '../../features/session/use-session.js';
import styles from './moderate.module.css';
import type { Moderation } from './use-moderation.js';
import { useSessionChange } from './use-session-change.js';

interface SpeakersPanelProps {
  readonly session: Session;
  readonly live: LiveSession;
  readonly timeZone: string;
  readonly moderation: Moderation;
}

/** Silent messages to the speakers, and who advances the questions. */
export function SpeakersPanel({ session, live, timeZone, moderation: { request } }: SpeakersPanelProps) {
  const { t } = useTranslation('cues');
  const [isWhole, setIsWhole] = useState(false);
  if (isOver(session.state)) return null;
  return (
    <section className={styles.part} aria-labelledby="speakers">
      <header className={styles.partHead}>
        <h3 id="speakers">{t('desk.title')}</h3>
        <Button size="small" variant="quiet" aria-expanded={isWhole} onClick={() => setIsWhole(!isWhole)}>
          {t('desk.more')}
        </Button>
      </header>
      <CueDesk
        sessionId={session.id}
        cues={live.cues}
        timeZone={timeZone}
        isWhole={isWhole}
        send={async (cue) => (await request('cue:send', { ...cue, sessionId: session.id })) !== undefined}
        withdraw={async (cueId) => (await request('cue:withdraw', { cueId })) !== undefined}
      />
      {isWhole && <AdvanceSwitch session={session} />}
    </section>
  );
}

/** Shows the pressed state at once, until the session has it too. */
function AdvanceSwitch({ session }: Pick<SpeakersPanelProps, 'session'>) {
  const { t } = useTranslation('cues');
  const change = useSessionChange(session.id);
  const [pressed, setPressed] = useState<{ readonly wish: boolean; readonly before: boolean }>();
  const isOn = session.speakersAdvance ?? false;
  const press = async (wish: boolean) => {
    setPressed({ wish, before: isOn });
    if (!(await change({ speakersAdvance: wish }))) setPressed(undefined);
  };
  return (
    <label className={styles.check}>
      <input
        type="checkbox"
        checked={pressed?.before === isOn ? pressed.wish : isOn}
        onChange={({ target }) => void press(target.checked)}
      />
      {t('desk.advance')}
    </label>
  );
}
