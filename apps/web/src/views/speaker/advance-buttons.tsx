import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblem } from '../../platform/use-problem.js';
import { Button } from '../../ui/button.js';
import { toast } from '../../ui/toast.js';
import type { LiveSession } from '../../features/session/use-session.js';
import styles from './speak-page.module.css';

interface AdvanceButtonsProps {
  readonly live: LiveSession;
  readonly sessionId: string;
  /** The question on screen. */
  readonly nowId: string | null;
  readonly hasNext: boolean;
}

/** The second press of a double click arrives within this time, and does not apply to the next question. */
const REST_MS = 1000;

/** A speaker's own steps, where the moderators allow them. */
export function AdvanceButtons({ live, sessionId, nowId, hasNext }: AdvanceButtonsProps) {
  const { t } = useTranslation('cues');
  const problem = useProblem();
  const [isBusy, setIsBusy] = useState(false);
  const step = async (next: boolean) => {
    setIsBusy(true);
    try {
      const payload = { sessionId, from: nowId, next };
      const done = await live.act((_, client) => client.request('question:advance', payload));
      if (done && !done.changed) toast(t('advance.overtaken'));
    } catch (error) {
      toast(problem(error).text);
    }
    setTimeout(() => setIsBusy(false), REST_MS);
  };
  return (
    <div className={styles.advance}>
      <Button variant="primary" unavailable={isBusy || nowId === null} onClick={() => void step(false)}>
        {t('advance.answered')}
      </Button>
      <Button unavailable={isBusy || !hasNext} onClick={() => void step(true)}>
        {t('advance.next')}
      </Button>
      <span className={styles.hint}>{t('advance.allowed')}</span>
    </div>
  );
}
