import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newId } from '#libs/client/new-id';
import type { Cue } from '#libs/contract/cue';
import { CUE_PRESETS, type CuePreset } from '#libs/domain/cues';
import { Button } from '../../ui/button.js';
import styles from './cue-desk.module.css';
import { CueForm } from './cue-form.js';
import type { NewCue } from './new-cue.js';
import { SentCue } from './sent-cue.js';

interface CueDeskProps {
  readonly sessionId: string;
  readonly cues: readonly Cue[];
  readonly timeZone: string;
  /** Without it only the two most used messages and the newest sent one are shown. */
  readonly isWhole: boolean;
  /** Returns false where it was refused, which is shown elsewhere; so does `withdraw`. */
  readonly send: (cue: NewCue) => Promise<boolean>;
  readonly withdraw: (cueId: string) => Promise<boolean>;
}

/** Older messages are not shown. */
const SHOWN = 3;

/** Silent messages to the speakers: one press for the usual ones, a field for free text, and who has confirmed what. */
export function CueDesk({ sessionId, cues, timeZone, isWhole, send, withdraw }: CueDeskProps) {
  const { t } = useTranslation('cues');
  const [sending, setSending] = useState<CuePreset>();
  const sent = [...cues].sort((a, b) => (a.sentAt < b.sentAt ? 1 : -1)).slice(0, isWhole ? SHOWN : 1);
  const sendPreset = async (preset: CuePreset) => {
    setSending(preset);
    await send({ id: newId(), preset });
    setSending(undefined);
  };
  return (
    <>
      <div className={styles.quick} role="group" aria-label={t('desk.send-label')}>
        {CUE_PRESETS.slice(0, isWhole ? undefined : 2).map((preset) => (
          <Button key={preset} size="small" unavailable={sending === preset} onClick={() => void sendPreset(preset)}>
            {t(`preset.${preset}`)}
          </Button>
        ))}
      </div>
      {isWhole && <CueForm sessionId={sessionId} send={send} />}
      {sent.length > 0 && (
        <ul className={styles.sent} aria-label={t('desk.sent')}>
          {sent.map((cue) => (
            <SentCue key={cue.id} cue={cue} timeZone={timeZone} withdraw={withdraw} />
          ))}
        </ul>
      )}
    </>
  );
}
