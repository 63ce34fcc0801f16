import type { Poll } from '#libs/contract/poll';
import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Format } from '../../i18n/format.js';
import { announce } from '../../ui/announcer.js';
import { Button } from '../../ui/button.js';
import { Tag } from '../../ui/tag.js';
import { UserText } from '../../ui/user-text.js';
import type { LiveSession } from '../session/use-session.js';
import { useBallotDraft } from './ballot-draft.js';
import { BallotForm } from './ballot-form.js';
import { chosenIn, isAnswerable } from './ballot-rules.js';
import { PollBars } from './poll-bars.js';
import styles from './poll-card.module.css';
import { PollClock } from './poll-clock.js';
import { meanRating } from './results.js';

interface PollCardProps {
  readonly poll: Poll;
  readonly live: LiveSession;
  readonly format: Format;
}

/** One poll from its opening on: the form, the confirmation, the result. */
export function PollCard({ poll, live, format }: PollCardProps) {
  const { t } = useTranslation('polls');
  const titleId = useId();
  const [isChanging, setIsChanging] = useState(false);
  const ballot = live.me.ballots[poll.id];
  const chosen = chosenIn(poll, ballot);
  const isOpen = poll.state === 'open';
  const title = useRef<HTMLHeadingElement>(null);
  const close = () => {
    setIsChanging(false);
    title.current?.focus(); // the form that had the focus is gone
  };
  const done = () => {
    close();
    announce(t('note.counted'));
  };
  const isWatchOnly = live.guests === 'watch_only';
  const isForm = isOpen && isAnswerable(poll) && !isWatchOnly && (!ballot || isChanging);
  return (
    <article className={styles.poll} aria-labelledby={titleId}>
      <Head poll={poll} offset={live.serverOffset} format={format} />
      <h2 id={titleId} ref={title} tabIndex={-1} className={styles.question}>
        <UserText>{poll.question}</UserText>
      </h2>
      {isForm ? (
        <BallotForm key={poll.round} poll={poll} live={live} chosen={chosen} onDone={done} onCancel={ballot && close} />
      ) : (
        <Outcome poll={poll} chosen={chosen} format={format} isWatchOnly={isWatchOnly} />
      )}
      {poll.state === 'closed' && <NotSent poll={poll} counted={chosen} />}
      {!isForm && !isWatchOnly && isOpen && ballot && poll.changeable && (
        <Button size="small" className={styles.change} onClick={() => setIsChanging(true)}>
          {t('answer.change-open')}
        </Button>
      )}
    </article>
  );
}

function Head({ poll, offset, format }: Omit<PollCardProps, 'live'> & { readonly offset: number }) {
  const { t } = useTranslation('polls');
  return (
    <div className={styles.head}>
      {poll.state === 'open' ? (
        <Tag tone="live">
          <span>{t('open')}</span>
          {poll.endsAt && (
            <>
              <span>{' · '}</span>
              <PollClock until={poll.endsAt} offset={offset} />
            </>
          )}
        </Tag>
      ) : (
        <Tag>{poll.closedAt ? t('closed-at', { time: format.time(poll.closedAt) }) : t('closed')}</Tag>
      )}
      {poll.tally && <span className={styles.ballots}>{t('ballots', { count: poll.tally.ballots })}</span>}
    </div>
  );
}

/** The chosen but unsent options when the poll closed, so that nobody believes they count. */
function NotSent({ poll, counted }: { readonly poll: Poll; readonly counted: readonly string[] }) {
  const { t } = useTranslation('polls');
  const [draft = []] = useBallotDraft(poll);
  const isCounted = draft.length === counted.length && draft.every((id) => counted.includes(id));
  if (draft.length === 0 || isCounted) return null;
  return (
    <div className={styles.unsent} role="status">
      <p>{t('note.not-sent')}</p>
      <ul>
        {poll.options
          .filter(({ id }) => draft.includes(id))
          .map(({ id, text }) => (
            <li key={id}>
              <UserText>{text}</UserText>
            </li>
          ))}
      </ul>
    </div>
  );
}

function Outcome({
  poll,
  chosen,
  format,
  isWatchOnly,
}: {
  readonly poll: Poll;
  readonly chosen: readonly string[];
  readonly format: Format;
  readonly isWatchOnly: boolean;
}) {
  const { t } = useTranslation('polls');
  const mean = poll.type === 'rating' && poll.tally ? meanRating(poll, poll.tally) : undefined;
  const own = poll.options.filter(({ id }) => chosen.includes(id));
  return (
    <>
      {poll.tally && <PollBars poll={poll} mine={chosen} />}
      {mean !== undefined && <p className={styles.note}>{t('mean', { mean: format.decimal(mean) })}</p>}
      {!poll.tally && own.length > 0 && (
        <ul className={styles.own}>
          {own.map(({ id, text }) => (
            <li key={id}>
              <UserText>{text}</UserText>
            </li>
          ))}
        </ul>
      )}
      <p className={styles.note}>{t(noteOf(poll, chosen.length > 0, isWatchOnly))}</p>
    </>
  );
}

/** The sentence under a poll: whether the ballot counts, and when the result is shown. */
function noteOf(poll: Poll, hasAnswered: boolean, isWatchOnly: boolean): string {
  if (poll.state === 'open' && !hasAnswered) return isWatchOnly ? 'note.watch-only' : 'note.not-here';
  if (poll.state === 'open') {
    if (!poll.tally) return poll.results === 'on_close' ? 'note.counted-on-close' : 'note.counted-later';
    return poll.changeable && !isWatchOnly ? 'note.counted-changeable' : 'note.counted';
  }
  if (!poll.tally) return 'note.not-published';
  return hasAnswered ? 'note.closed-answered' : 'note.closed';
}
