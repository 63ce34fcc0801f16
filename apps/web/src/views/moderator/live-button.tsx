import type { Session } from '#libs/contract/programme';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.js';
import { Dialog, DialogActions } from '../../ui/dialog.js';
import { offerUndo } from './undo-stack.js';
import type { Change } from './use-session-change.js';

interface LiveButtonProps {
  readonly session: Session;
  /** Milliseconds to add to this device's clock for the server's. */
  readonly offset: number;
  /** Returns whether it succeeded. */
  readonly onChange: (change: Change) => Promise<boolean>;
}

/** Going live earlier than this before the planned start asks for confirmation. */
const EARLY_MS = 15 * 60_000;

/** Whether a session would go live much before its time. */
export function isEarly({ start }: Pick<Session, 'start'>, now: number): boolean {
  return Date.parse(start) - now > EARLY_MS;
}

/** Going live is one action that can be undone; too early it asks for confirmation, and so does ending, which cannot be undone. */
export function LiveButton({ session, offset, onChange }: LiveButtonProps) {
  const { t } = useTranslation('moderate');
  const [asked, setAsked] = useState<'go-live' | 'end' | null>(null);
  const goLive = async () => {
    setAsked(null);
    if (await onChange({ state: 'live' }))
      offerUndo(t('done.go-live'), t('undo'), () => onChange({ state: 'scheduled' }));
  };
  const end = () => {
    setAsked(null);
    void onChange({ state: 'ended' });
  };
  const start = () => (isEarly(session, Date.now() + offset) ? setAsked('go-live') : void goLive());
  const confirm = asked === 'go-live' ? () => void goLive() : end;
  return (
    <>
      {session.state === 'scheduled' && (
        <Button size="small" variant="primary" onClick={start}>
          {t('go-live')}
        </Button>
      )}
      {session.state === 'live' && (
        <Button size="small" onClick={() => setAsked('end')}>
          {t('end')}
        </Button>
      )}
      <Confirmation asked={asked} onClose={() => setAsked(null)} onConfirm={confirm} />
    </>
  );
}

interface ConfirmationProps {
  readonly asked: 'go-live' | 'end' | null;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}

function Confirmation({ asked, onClose, onConfirm }: ConfirmationProps) {
  const { t } = useTranslation('moderate');
  return (
    <Dialog title={asked ? t(`${asked}-title`) : ''} isOpen={asked !== null} onClose={onClose}>
      {asked && <p>{t(`${asked}-text`)}</p>}
      <DialogActions>
        <Button onClick={onClose}>{t('cancel', { ns: 'common' })}</Button>
        <Button variant={asked === 'go-live' ? 'primary' : 'danger'} onClick={onConfirm}>
          {t(asked === 'go-live' ? 'go-live' : 'end')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
