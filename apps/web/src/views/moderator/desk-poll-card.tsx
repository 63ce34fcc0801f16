import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Poll } from '#libs/contract/poll';
import type { Screen } from '#libs/contract/screen';
import { isPollShown } from '#libs/domain/poll-states';
import { Button } from '../../ui/button.js';
import { Countdown } from '../../ui/countdown.js';
import { Dialog, DialogActions } from '../../ui/dialog.js';
import { IconButton } from '../../ui/icon-button.js';
import { Menu, type MenuItem } from '../../ui/menu.js';
import { Tag } from '../../ui/tag.js';
import { UserText } from '../../ui/user-text.js';
import { PollBars } from '../../features/polls/poll-bars.js';
import styles from './moderate.module.css';
import { PollActs } from './poll-acts.js';
import { PollScreenButton } from './poll-screen-button.js';
import type { Moderation } from './use-moderation.js';

interface DeskPollCardProps {
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

export function DeskPollCard(props: DeskPollCardProps) {
  const { poll, screen, offset, moderation } = props;
  const { t } = useTranslation('moderate');
  const [isAsking, setIsAsking] = useState(false);
  const items = usePollMenu(props, () => setIsAsking(true));
  return (
    <li className={styles.poll} data-testid="moderated-poll">
      <div className={styles.pollHead}>
        <PollStateLine poll={poll} offset={offset} />
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
      <ResetDialog
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        onReset={() => void moderation.request('poll:reset', { pollId: poll.id })}
      />
    </li>
  );
}

/** What is done less often. */
function usePollMenu({ poll, moderation, onEdit, onCopy }: DeskPollCardProps, onReset: () => void): MenuItem[] {
  const { t } = useTranslation('moderate');
  const archive = () => void moderation.request('poll:archive', { pollId: poll.id });
  return [
    { label: t('polls.edit'), onSelect: onEdit },
    { label: t('polls.copy'), onSelect: onCopy },
    ...(isPollShown(poll.state) ? [{ label: t('polls.reset'), onSelect: onReset, isDangerous: true }] : []),
    ...(poll.state === 'draft' || poll.state === 'closed' ? [{ label: t('polls.archive'), onSelect: archive }] : []),
  ];
}

interface ResetDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onReset: () => void;
}

function ResetDialog({ isOpen, onClose, onReset }: ResetDialogProps) {
  const { t } = useTranslation('moderate');
  const reset = () => {
    onClose();
    onReset();
  };
  return (
    <Dialog title={t('polls.reset-title')} isOpen={isOpen} onClose={onClose}>
      <p>{t('polls.reset-text')}</p>
      <DialogActions>
        <Button onClick={onClose}>{t('cancel', { ns: 'common' })}</Button>
        <Button variant="danger" onClick={reset}>
          {t('polls.reset')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function PollStateLine({ poll, offset }: Pick<DeskPollCardProps, 'poll' | 'offset'>) {
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
