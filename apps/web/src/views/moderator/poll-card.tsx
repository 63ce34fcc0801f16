import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Poll } from '#libs/contract/poll';
import type { Screen } from '#libs/contract/screen';
import { Button } from '../../ui/button.js';
import { Countdown } from '../../ui/countdown.js';
import { Dialog, DialogActions } from '../../ui/dialog.js';
import { IconButton } from '../../ui/icon-button.js';
import { Menu, type MenuItem } from '../../ui/menu.js';
import { Select } from '../../ui/select.js';
import { Tag } from '../../ui/tag.js';
import { UserText } from '../../ui/user-text.js';
import { PollBars } from '../../features/polls/poll-bars.js';
import styles from './moderate.module.css';
import { PollScreenButton } from './poll-screen-button.js';
import type { Moderation } from './use-moderation.js';

interface PollCardProps {
  readonly poll: Poll;
  readonly screen: Screen;
  readonly offset: number;
  readonly moderation: Moderation;
  readonly onEdit: () => void;
  readonly onCopy: () => void;
}

/** Whether the audience may see the totals now; moderators always do. */
const isHiddenFromAudience = ({ published, results, state }: Poll) =>
  !published && (results === 'manual' || (results === 'on_close' && state === 'open'));

export function PollCard({ poll, screen, offset, moderation, onEdit, onCopy }: PollCardProps) {
  const { t } = useTranslation('moderate');
  const [isAsking, setIsAsking] = useState(false);
  const reset = () => {
    setIsAsking(false);
    void moderation.request('poll:reset', { pollId: poll.id });
  };
  const items: MenuItem[] = [
    { label: t('polls.edit'), onSelect: onEdit },
    { label: t('polls.copy'), onSelect: onCopy },
    ...(poll.state === 'open' || poll.state === 'closed'
      ? [{ label: t('polls.reset'), onSelect: () => setIsAsking(true), isDangerous: true }]
      : []),
    ...(poll.state === 'draft' || poll.state === 'closed'
      ? [{ label: t('polls.archive'), onSelect: () => void moderation.request('poll:archive', { pollId: poll.id }) }]
      : []),
  ];
  return (
    <li className={styles.poll} data-testid="moderated-poll">
      <div className={styles.pollHead}>
        <PollState poll={poll} offset={offset} />
        <Menu trigger={<IconButton icon="more" label={t('more')} variant="quiet" />} items={items} />
      </div>
      <p className={styles.pollQuestion}>
        <UserText>{poll.question}</UserText>
      </p>
      {poll.state !== 'draft' && <PollBars poll={poll} />}
      {poll.state !== 'draft' && (
        <p className="muted">{t(isHiddenFromAudience(poll) ? 'polls.only-you' : 'polls.everybody')}</p>
      )}
      <PollActs poll={poll} offset={offset} moderation={moderation} />
      <PollScreenButton poll={poll} screen={screen} onShow={moderation.show} />
      <Dialog title={t('polls.reset-title')} isOpen={isAsking} onClose={() => setIsAsking(false)}>
        <p>{t('polls.reset-text')}</p>
        <DialogActions>
          <Button onClick={() => setIsAsking(false)}>{t('cancel', { ns: 'common' })}</Button>
          <Button variant="danger" onClick={reset}>
            {t('polls.reset')}
          </Button>
        </DialogActions>
      </Dialog>
    </li>
  );
}

function PollState({ poll, offset }: Pick<PollCardProps, 'poll' | 'offset'>) {
  const { t } = useTranslation('moderate');
  return (
    <p className={styles.facts}>
      <Tag tone={poll.state === 'open' ? 'live' : 'neutral'}>
        <span>{t(`polls.state.${poll.state}`)}</span>
        {poll.state === 'open' && poll.endsAt && (
          <>
            <span>{' · '}</span>
            <Countdown until={poll.endsAt} offset={offset} />
          </>
        )}
      </Tag>
      <span>{t(`polls.type.${poll.type}`)}</span>
      {poll.tally && poll.state !== 'draft' && (
        <span className="numbers">{t('polls.answers', { count: poll.tally.ballots })}</span>
      )}
    </p>
  );
}

/** Other results show by themselves when the poll closes. */
const isForPublishing = ({ published, results }: Poll) => results === 'manual' && !published;

const DURATIONS = ['0', '30', '60', '120', '300'] as const;

/** The next acts in the life of a poll. */
function PollActs({ poll, offset, moderation }: Omit<PollCardProps, 'onEdit' | 'onCopy' | 'screen'>) {
  const { t } = useTranslation('moderate');
  const [seconds, setSeconds] = useState<(typeof DURATIONS)[number]>('0');
  const pollId = poll.id;
  const open = () => {
    const endsAt = new Date(Date.now() + offset + Number(seconds) * 1000).toISOString();
    void moderation.act('poll:open', { pollId, ...(seconds !== '0' && { endsAt }) }, t('done.poll-open'), [
      { request: 'poll:reset', payload: { pollId } },
    ]);
  };
  const publish = () =>
    moderation.act('poll:publish', { pollId }, t('done.poll-publish'), [
      { request: 'poll:publish', payload: { pollId, published: false } },
    ]);
  const close = async (isPublished: boolean) => {
    const closed = await moderation.request('poll:close', { pollId });
    if (closed && isPublished) await publish();
  };
  switch (poll.state) {
    case 'draft':
      return (
        <div className={styles.row}>
          <Button size="small" variant="primary" onClick={open}>
            {t('polls.open')}
          </Button>
          <Select
            label={t('polls.duration')}
            isLabelHidden
            value={seconds}
            onChange={setSeconds}
            options={DURATIONS.map((value) => ({
              value,
              label: value === '0' ? t('polls.no-limit') : t('polls.seconds', { count: Number(value) }),
            }))}
          />
        </div>
      );
    case 'open':
      return (
        <div className={styles.row}>
          <Button size="small" onClick={() => void close(false)}>
            {t('polls.close')}
          </Button>
          {isForPublishing(poll) && (
            <Button size="small" variant="primary" onClick={() => void close(true)}>
              {t('polls.close-publish')}
            </Button>
          )}
        </div>
      );
    case 'closed':
      return !isForPublishing(poll) ? null : (
        <div className={styles.row}>
          <Button size="small" variant="primary" onClick={() => void publish()}>
            {t('polls.publish')}
          </Button>
        </div>
      );
    case 'archived':
      return null;
  }
}
