import type { EventSummary } from '#libs/contract/programme';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.js';
import { EmptyState } from '../../ui/empty-state.js';
import type { LiveSession } from '../session/use-session.js';
import { WatchOnlyNotice } from '../sign-in/watch-only-notice.js';
import { localisePoll } from './localise-poll.js';
import { PollCard } from './poll-card.js';
import styles from './polls-panel.module.css';
import { orderPolls } from './results.js';

/** The polls of a session: the open ones first. */
export function PollsPanel({ event, live }: { readonly event: EventSummary; readonly live: LiveSession }) {
  const { t, i18n } = useTranslation('polls');
  const format = useFormat(event.timeZone);
  const polls = orderPolls(live.polls).map((poll) => localisePoll(poll, i18n.language));
  const isOver = live.session?.state === 'ended';
  return (
    <div className={styles.panel}>
      {live.guests === 'watch_only' && !isOver && <WatchOnlyNotice />}
      {polls.length === 0 && (
        <EmptyState title={t('empty.title')}>
          {t(isOver ? 'empty.over' : live.guests === 'watch_only' ? 'empty.watch-only' : 'empty.text')}
        </EmptyState>
      )}
      {polls.map((poll) => (
        <PollCard key={poll.id} poll={poll} live={live} format={format} />
      ))}
    </div>
  );
}
