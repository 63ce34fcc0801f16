import { useTranslation } from 'react-i18next';
import type { Poll } from '#libs/contract/poll';
import { isPollShown } from '#libs/domain/poll-states';
import { localisePoll } from '../../features/polls/localise-poll.js';
import { PollBars } from '../../features/polls/poll-bars.js';
import { UserText } from '../../ui/user-text.js';
import styles from './speak-page.module.css';

const openedLast = (a: Poll, b: Poll) => (b.openedAt ?? '').localeCompare(a.openedAt ?? '');

/** The open poll, else the last one; speakers see results before they are published. */
export function PollResults({ polls }: { readonly polls: readonly Poll[] }) {
  const { t, i18n } = useTranslation('speak');
  const shown = polls.filter(({ state }) => isPollShown(state)).sort(openedLast);
  const original = shown.find(({ state }) => state === 'open') ?? shown[0];
  if (!original) return null;
  const poll = localisePoll(original, i18n.language);
  return (
    <section aria-labelledby="poll" className={styles.poll}>
      <h2 id="poll" className={styles.label}>
        {t(poll.state === 'open' ? 'poll-open' : 'poll-closed')}
      </h2>
      <p className={styles.pollQuestion}>
        <UserText>{poll.question}</UserText>
      </p>
      <PollBars poll={poll} />
    </section>
  );
}
