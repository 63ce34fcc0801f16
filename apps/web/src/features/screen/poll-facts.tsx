import { useTranslation } from 'react-i18next';
import type { Poll } from '#libs/contract/poll';
import { Countdown } from '../../ui/countdown.js';
import styles from './projector.module.css';

/** The clock of an open poll and how many have answered, where that may be seen. */
export function PollFacts({ poll, offset }: { readonly poll: Poll; readonly offset: number }) {
  const { t } = useTranslation('present');
  const { tally, endsAt, changeable } = poll;
  const answers = tally && <span className="numbers">{t('answers', { count: tally.ballots })}</span>;
  if (poll.state !== 'open')
    return (
      <div className={styles.aside}>
        <p>
          <b>{answers ?? t('closed')}</b>
        </p>
        {!tally && <p className={styles.quiet}>{t('hidden')}</p>}
      </div>
    );
  return (
    <>
      {endsAt && (
        <p className={styles.clock}>
          <Countdown until={endsAt} offset={offset} />
        </p>
      )}
      <div className={styles.aside}>
        <p>
          <b>{t(endsAt ? 'left-to-answer' : 'answer-now')}</b>
        </p>
        <p className={styles.quiet}>
          {answers}
          {answers && changeable && <span>{' · '}</span>}
          {changeable && <span>{t('changeable')}</span>}
        </p>
      </div>
    </>
  );
}
