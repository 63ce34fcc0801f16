import type { Question } from '#libs/contract/question';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.js';
import { Dialog, DialogActions } from '../../ui/dialog.js';

interface ApproveAllProps {
  readonly questions: readonly Question[];
  readonly onApprove: (questions: readonly Question[]) => void;
}

/** Approves every pending question that is shown now, after a confirmation. */
export function ApproveAll({ questions, onApprove }: ApproveAllProps) {
  const { t } = useTranslation('moderate');
  const [asked, setAsked] = useState<readonly Question[] | null>(null);
  const count = (asked ?? questions).length;
  return (
    <>
      {questions.length > 1 && (
        <Button size="small" onClick={() => setAsked(questions)}>
          {t('approve-all.action', { count })}
        </Button>
      )}
      <Dialog title={t('approve-all.title', { count })} isOpen={asked !== null} onClose={() => setAsked(null)}>
        <p>{t('approve-all.text')}</p>
        <DialogActions>
          <Button onClick={() => setAsked(null)}>{t('cancel', { ns: 'common' })}</Button>
          <Button
            variant="primary"
            onClick={() => {
              setAsked(null);
              onApprove(asked ?? []);
            }}
          >
            {t('act.approve')}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
