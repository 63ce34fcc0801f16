import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { withoutTurns } from '#libs/contract/direction';
import type { Cue } from '#libs/contract/cue';
import { useFormat } from '../../i18n/use-format.js';
import { announce } from '../../ui/announcer.js';
import { Button } from '../../ui/button.js';
import { Tag } from '../../ui/tag.js';
import { UserText } from '../../ui/user-text.js';
import styles from './cue-desk.module.css';
import { wordsOf } from './cue-words.js';

interface SentCueProps {
  readonly cue: Cue;
  readonly timeZone: string;
  readonly withdraw: (cueId: string) => Promise<boolean>;
}

/** A message that was sent: when, who has seen it, and the way to withdraw it. */
export function SentCue({ cue, timeZone, withdraw }: SentCueProps) {
  const { t } = useTranslation('cues');
  const format = useFormat(timeZone);
  const words = wordsOf(cue, t);
  const isSeen = cue.seenBy.length > 0;
  const names = format.list(
    cue.seenBy.map(({ name, at }) => `${withoutTurns(name ?? t('step.somebody'))} ${format.time(at)}`),
  );
  const seen = t('desk.seen-by', { names });
  useAnnouncedOnce(isSeen && !cue.withdrawnAt ? seen : undefined);
  return (
    <li>
      <p>
        <span className="numbers muted">{format.time(cue.sentAt)}</span> <UserText>{words}</UserText>
      </p>
      <div className={styles.facts}>
        {cue.withdrawnAt && <Tag>{t('desk.withdrawn')}</Tag>}
        {!cue.withdrawnAt && isSeen && <Tag tone="ok">{seen}</Tag>}
        {!cue.withdrawnAt && !isSeen && <Tag tone="warn">{t('desk.waiting')}</Tag>}
        {!cue.withdrawnAt && (
          <Button
            size="small"
            variant="quiet"
            aria-label={t('desk.withdraw-this', { text: words })}
            onClick={() => void withdraw(cue.id)}
          >
            {t('desk.withdraw')}
          </Button>
        )}
      </div>
    </li>
  );
}

/** Announces what is new here, not what was there before. */
function useAnnouncedOnce(text: string | undefined): void {
  const before = useRef(text);
  useEffect(() => {
    if (text && text !== before.current) announce(text);
    before.current = text;
  }, [text]);
}
