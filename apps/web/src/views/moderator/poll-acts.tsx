import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Poll } from '#libs/contract/poll';
import { Button } from '../../ui/button.js';
import { Select } from '../../ui/select.js';
import styles from './moderate.module.css';
import type { Moderation } from './use-moderation.js';

interface PollActsProps {
  readonly poll: Poll;
  /** Milliseconds to add to this device's clock for the server's. */
  readonly offset: number;
  readonly moderation: Moderation;
}

/** Other results show by themselves when the poll closes. */
const isForPublishing = ({ published, results }: Poll) => results === 'manual' && !published;

const DURATIONS = ['0', '30', '60', '120', '300'] as const;
type Duration = (typeof DURATIONS)[number];

/** The next acts in the life of a poll. */
export function PollActs(props: PollActsProps) {
  const { t } = useTranslation('moderate');
  const { poll } = props;
  const [seconds, setSeconds] = useState<Duration>('0');
  const { open, publish, close } = usePollActs(props);
  switch (poll.state) {
    case 'draft':
      return (
        <div className={styles.row}>
          <Button size="small" variant="primary" onClick={() => open(seconds)}>
            {t('polls.open')}
          </Button>
          <DurationSelect seconds={seconds} onChange={setSeconds} />
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

function usePollActs({ poll: { id: pollId }, offset, moderation }: PollActsProps) {
  const { t } = useTranslation('moderate');
  const open = (seconds: Duration) => {
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
  return { open, publish, close };
}

function DurationSelect({
  seconds,
  onChange,
}: {
  readonly seconds: Duration;
  readonly onChange: (to: Duration) => void;
}) {
  const { t } = useTranslation('moderate');
  return (
    <Select
      label={t('polls.duration')}
      isLabelHidden
      value={seconds}
      onChange={onChange}
      options={DURATIONS.map((value) => ({
        value,
        label: value === '0' ? t('polls.no-limit') : t('polls.seconds', { count: Number(value) }),
      }))}
    />
  );
}
