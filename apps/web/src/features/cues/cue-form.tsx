import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newId } from '#libs/client/new-id';
import { CUE_LENGTH } from '#libs/domain/cues';
import { isText, useDraft } from '../../platform/drafts.js';
import { Button } from '../../ui/button.js';
import { countCharacters, TextField } from '../../ui/text-field.js';
import styles from './cue-desk.module.css';
import type { NewCue } from './new-cue.js';

interface CueFormProps {
  readonly sessionId: string;
  readonly send: (cue: NewCue) => Promise<boolean>;
}

/** A free-text message. The same text is sent under the same id until that was acknowledged. */
export function CueForm({ sessionId, send }: CueFormProps) {
  const { t } = useTranslation('cues');
  const [words = '', keep] = useDraft(`cue/${sessionId}`, isText);
  const [attempt, setAttempt] = useState({ id: '', text: '' });
  const text = words.trim();
  const isReady = text !== '' && countCharacters(text) <= CUE_LENGTH;
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (!isReady) return;
    const cue = attempt.text === text ? attempt : { id: newId(), text };
    setAttempt(cue);
    if (!(await send(cue))) return;
    setAttempt({ id: '', text: '' });
    keep(undefined);
  };
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)}>
      <TextField
        label={t('desk.own')}
        isLabelHidden
        placeholder={t('desk.own')}
        autoComplete="off"
        value={words}
        maxLength={CUE_LENGTH}
        onChange={({ target }) => keep(target.value)}
      />
      <Button type="submit" unavailable={!isReady}>
        {t('desk.send')}
      </Button>
    </form>
  );
}
