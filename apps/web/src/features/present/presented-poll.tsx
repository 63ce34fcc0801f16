import { useTranslation } from 'react-i18next';
import type { Poll } from '#libs/contract/poll';
import { useFormat } from '../../i18n/use-format.js';
import { Countdown } from '../../ui/countdown.js';
import { localisePoll } from '../polls/localise-poll.js';
import { UserText } from '../../ui/user-text.js';
import styles from './present-page.module.css';

export function PresentedPoll({ poll: original }: { readonly poll: Poll }) {
  const { t, i18n } = useTranslation('present');
  const poll = localisePoll(original, i18n.language);
  const isOpen = poll.state === 'open';
  return (
    <article className={styles.content}>
      <p className={styles.kicker}>
        {t(isOpen ? 'poll-open' : 'poll-closed')}
        {isOpen && poll.endsAt && (
          <>
            {' · '}
            <Countdown until={poll.endsAt} />
          </>
        )}
      </p>
      <h1 className={styles.pollQuestion}>
        <UserText>{poll.question}</UserText>
      </h1>
      <Options poll={poll} />
      <footer className={styles.bottom}>
        <p className={styles.votes}>{poll.tally ? t('answers', { count: poll.tally.ballots }) : t('hidden')}</p>
      </footer>
    </article>
  );
}

/** Bars are shares of the ballots; in a multiple choice they may add up to more than everything. */
function Options({ poll }: { readonly poll: Poll }) {
  const format = useFormat();
  const counts = new Map(poll.tally?.counts);
  const ballots = poll.tally?.ballots ?? 0;
  return (
    <ul className={poll.options.length > 6 ? `${styles.options} ${styles.many}` : styles.options}>
      {poll.options.map(({ id, text }) => {
        const share = ballots > 0 ? (counts.get(id) ?? 0) / ballots : 0;
        return (
          <li key={id} className={styles.option}>
            <i className={styles.bar} style={{ inlineSize: `${share * 100}%` }} aria-hidden="true" />
            <span>
              <UserText>{text}</UserText>
            </span>
            {poll.tally && <b className="numbers">{format.percent(share)}</b>}
          </li>
        );
      })}
    </ul>
  );
}
