import { useTranslation } from 'react-i18next';
import type { Poll } from '#libs/contract/poll';
import { neutraliseBidi } from '#libs/contract/direction';
import { useFormat } from '../../i18n/use-format.js';
import { classNames } from '../../ui/class-names.js';
import { Icon } from '../../ui/icon.js';
import { UserText } from '../../ui/user-text.js';
import styles from './poll-bars.module.css';
import { type ResultRow, resultRows } from './results.js';

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
  const format = useFormat();
  const rows = resultRows(poll, poll.tally ?? { ballots: 0, counts: [] });
  return (
    <>
      <ul aria-hidden={poll.tally ? true : undefined}>
        {rows.map(({ id, text, count, share }) => (
          <li key={id} className={classNames(styles.bar, mine.includes(id) && styles.mine)}>
            <i style={{ transform: `scaleX(${share})` }} />
            <span className={styles.text}>
              <UserText>{text}</UserText> {mine.includes(id) && <Icon name="check" size={18} />}
            </span>
            {poll.tally && (
              <>
                <span className={styles.count}>{format.number(count)}</span>
                <span className={styles.share}>{format.percent(share)}</span>
              </>
            )}
          </li>
        ))}
      </ul>
      {poll.tally && (
        <div className="visually-hidden">
          <ResultsTable poll={poll} rows={rows} mine={mine} />
        </div>
      )}
    </>
  );
}

interface ResultsTableProps extends Required<PollBarsProps> {
  readonly rows: readonly ResultRow[];
}

function ResultsTable({ poll, rows, mine }: ResultsTableProps) {
  const { t } = useTranslation('polls');
  const format = useFormat();
  return (
    <table>
      <caption>{t('results.caption', { question: neutraliseBidi(poll.question) })}</caption>
      <thead>
        <tr>
          <th scope="col">{t('results.option')}</th>
          <th scope="col">{t('results.answers')}</th>
          <th scope="col">{t('results.share')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, text, count, share }) => (
          <tr key={id}>
            <th scope="row">
              <span>{neutraliseBidi(text)}</span> {mine.includes(id) && <span>{t('results.mine')}</span>}
            </th>
            <td>{format.number(count)}</td>
            <td>{format.percent(share)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
