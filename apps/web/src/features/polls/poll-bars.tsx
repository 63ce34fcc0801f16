import { useTranslation } from 'react-i18next';
import type { Poll } from '#libs/contract/poll';
import { useFormat } from '../../i18n/use-format.js';
import { UserText } from '../../ui/user-text.js';
import styles from './poll-bars.module.css';

interface PollBarsProps {
  readonly poll: Poll;
  /** Option ids of the viewer's own ballot. */
  readonly mine?: readonly string[];
}

/**
 * A poll's totals as bars with numbers, and the same as a table for screen readers. Shares are of the ballots, so in a multiple
 * choice they may add up to more than everything. Without totals the bars stay empty, at the same height.
 */
export function PollBars({ poll, mine = [] }: PollBarsProps) {
  const { t } = useTranslation('polls');
  const format = useFormat();
  const counts = new Map(poll.tally?.counts);
  const ballots = poll.tally?.ballots ?? 0;
  const rows = poll.options.map(({ id, text }) => {
    const count = counts.get(id) ?? 0;
    return { id, text, count, share: ballots > 0 ? count / ballots : 0 };
  });
  return (
    <>
      <ul className={styles.bars} aria-hidden={poll.tally ? true : undefined}>
        {rows.map(({ id, text, count, share }) => (
          <li key={id} className={mine.includes(id) ? `${styles.bar} ${styles.mine}` : styles.bar}>
            <i className={styles.fill} style={{ inlineSize: `${share * 100}%` }} aria-hidden="true" />
            <span>
              <UserText>{text}</UserText>
            </span>
            {poll.tally && (
              <span className={styles.numbers}>
                {format.number(count)} <b>{format.percent(share)}</b>
              </span>
            )}
          </li>
        ))}
      </ul>
      {poll.tally && (
        <table className="visually-hidden">
          <caption>{t('bars.caption', { count: ballots })}</caption>
          <thead>
            <tr>
              <th scope="col">{t('bars.option')}</th>
              <th scope="col">{t('bars.count')}</th>
              <th scope="col">{t('bars.share')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, text, count, share }) => (
              <tr key={id}>
                <th scope="row">{text}</th>
                <td>{format.number(count)}</td>
                <td>{format.percent(share)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
