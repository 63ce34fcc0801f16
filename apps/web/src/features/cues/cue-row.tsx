import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cue } from '#libs/contract/cue';
import { useFormat } from '../../i18n/use-format.js';
import { announce } from '../../ui/announcer.js';
import { Button } from '../../ui/button.js';
import { classNames } from '../../ui/class-names.js';
import { useNow } from '../../ui/use-now.js';
import { UserText } from '../../ui/user-text.js';
import styles from './cue-row.module.css';
import { wordsOf } from './cue-words.js';
import { unseenCues } from './unseen-cues.js';

interface CueRowProps {
  readonly cues: readonly Cue[];
  readonly actorId: string | null;
  readonly timeZone: string;
  /** Milliseconds to add to this device's clock for the server's. */
  readonly offset: number;
  /** Confirms a message; returns false where that failed. */
  readonly onSeen: (cueId: string) => Promise<boolean>;
}

/** The moderator's message to the speaker, large and without a sound, until it is confirmed. Its space is always reserved, so that nothing moves. */
export function CueRow({ cues, actorId, timeZone, offset, onSeen }: CueRowProps) {
  const { t } = useTranslation('cues');
  const row = useRef<HTMLElement>(null);
  const { unseen, confirm } = useUnseen({ cues, actorId, offset, onSeen });
  const [newest, ...older] = unseen;
  useAnnounced(newest);
  const seen = () => {
    row.current?.focus(); // the button that had the focus goes
    void confirm();
  };
  return (
    <div className={styles.place}>
      <section
        ref={row}
        tabIndex={-1}
        className={classNames(styles.row, newest && styles.message)}
        aria-label={t('row.label')}
      >
        {newest ? (
          <>
            <div className={styles.words}>
              <Message cue={newest} timeZone={timeZone} />
              {older.map((cue) => (
                <p key={cue.id} className={styles.older}>
                  <UserText>{wordsOf(cue, t)}</UserText>
                </p>
              ))}
            </div>
            <Button className={styles.seen} onClick={seen}>
              {t('row.seen')}
            </Button>
          </>
        ) : (
          <p className="muted">{t('row.none')}</p>
        )}
      </section>
    </div>
  );
}

/** The messages that wait for a confirmation; the confirmed ones go at once, and come back where that failed. */
function useUnseen({ cues, actorId, offset, onSeen }: Omit<CueRowProps, 'timeZone'>) {
  const [confirmed, setConfirmed] = useState<readonly string[]>([]);
  const unseen = unseenCues(cues, actorId, useNow(10_000, offset)).filter(({ id }) => !confirmed.includes(id));
  const confirm = async () => {
    const ids = unseen.map(({ id }) => id);
    setConfirmed((before) => [...before, ...ids]);
    for (const id of ids)
      if (!(await onSeen(id))) setConfirmed((before) => before.filter((confirmedId) => confirmedId !== id));
  };
  return { unseen, confirm };
}

function Message({ cue, timeZone }: { readonly cue: Cue; readonly timeZone: string }) {
  const { t } = useTranslation('cues');
  const format = useFormat(timeZone);
  const { name } = cue.author;
  return (
    <>
      <p className={classNames(styles.text, cue.preset && styles.short)}>
        <UserText>{wordsOf(cue, t)}</UserText>
      </p>
      <p className={styles.from}>
        <b>{name === null ? t('row.from-moderator') : t('row.from', { name })}</b>
        <span className="numbers">{format.time(cue.sentAt)}</span>
        <span>{t('row.private')}</span>
      </p>
    </>
  );
}

/** Announces each new message once, politely. */
function useAnnounced(newest: Cue | undefined): void {
  const { t } = useTranslation('cues');
  const announced = useRef<string>(undefined);
  useEffect(() => {
    if (!newest || newest.id === announced.current) return;
    announced.current = newest.id;
    announce(t('row.announce', { text: wordsOf(newest, t) }));
  }, [newest, t]);
}
