import { Store } from '#libs/client/store';
import type { Poll } from '#libs/contract/poll';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { neutraliseBidi } from '#libs/contract/direction';
import type { Format } from '../../i18n/format.js';
import { Button } from '../../ui/button.js';
import { classNames } from '../../ui/class-names.js';
import { IconButton } from '../../ui/icon-button.js';
import { Tag } from '../../ui/tag.js';
import { useStore } from '../../ui/use-store.js';
import { UserText } from '../../ui/user-text.js';
import type { LiveSession } from '../session/use-session.js';
import { useClosing } from './closing.js';
import { localisePoll } from './localise-poll.js';
import styles from './poll-call.module.css';
import { lastCallKey, pollToAnswer, roundKey } from './poll-call-rules.js';
import { PollCard } from './poll-card.js';
import { PollClock } from './poll-clock.js';

const putOff = new Store<readonly string[]>([]);
const MOST_KEPT = 50;

/** The poll to call for now, and the function that dismisses it: until it is about to close, then until its next round. */
export function usePollToAnswer({
  polls,
  me,
  guests,
  serverOffset,
}: Pick<LiveSession, 'polls' | 'me' | 'guests' | 'serverOffset'>) {
  const { i18n } = useTranslation();
  const keys = useStore(putOff);
  const closing = useClosing(polls, serverOffset);
  const called = guests === 'watch_only' ? undefined : pollToAnswer(polls, me.ballots, keys, closing);
  const later = () => {
    if (!called) return;
    // Dismissed in its last seconds it does not return.
    const isLast = called.isLastCall || closing.includes(called.poll);
    const own = [roundKey(called.poll), ...(isLast ? [lastCallKey(called.poll)] : [])];
    putOff.set([...putOff.getSnapshot(), ...own].slice(-MOST_KEPT));
  };
  return {
    poll: called && localisePoll(called.poll, i18n.language),
    isLastCall: called?.isLastCall ?? false,
    later,
  };
}

interface PollCallProps {
  readonly poll: Poll;
  readonly offset: number;
  readonly onAnswer: () => void;
  readonly onLater: () => void;
  /** One line, beside a form that uses the visible height: the question is cut to the width that the buttons leave. */
  readonly isCompact?: boolean;
}

/** Shows that a poll has opened, to people on another tab. It was announced already, and the focus does not move. */
export function PollCall({ poll, offset, onAnswer, onLater, isCompact = false }: PollCallProps) {
  const { t } = useTranslation('polls');
  return (
    <section className={classNames(styles.call, isCompact && styles.compact)} aria-label={t('call.new')}>
      <div className={styles.head}>
        <Tag tone="live">{t('call.new')}</Tag>
        {poll.endsAt && <PollClock until={poll.endsAt} offset={offset} />}
      </div>
      <p className={styles.question} title={isCompact ? neutraliseBidi(poll.question) : undefined}>
        <UserText>{poll.question}</UserText>
      </p>
      <div className={styles.acts}>
        <Button variant="primary" onClick={onAnswer}>
          {t('call.answer')}
        </Button>
        {isCompact ? (
          <IconButton icon="close" label={t('call.later')} variant="quiet" onClick={onLater} />
        ) : (
          <Button onClick={onLater}>{t('call.later')}</Button>
        )}
      </div>
    </section>
  );
}

/** The same over a stream in full screen, where it is answered beside the picture. */
export function FullScreenPoll({ live, format }: { readonly live: LiveSession; readonly format: Format }) {
  const { t, i18n } = useTranslation('polls');
  const { poll, isLastCall, later } = usePollToAnswer(live);
  const [answeringId, setAnsweringId] = useState<string | null>(null);
  const answering = live.polls.find(({ id }) => id === answeringId);
  if (answering)
    return (
      <div className={styles.beside}>
        <PollCard poll={localisePoll(answering, i18n.language)} live={live} format={format} />
        <Button onClick={() => setAnsweringId(null)}>{t('common:close')}</Button>
      </div>
    );
  if (!poll) return null;
  return (
    <div className={styles.over}>
      <PollCall
        poll={poll}
        offset={live.serverOffset}
        onAnswer={() => setAnsweringId(poll.id)}
        onLater={later}
        isCompact={isLastCall}
      />
    </div>
  );
}
