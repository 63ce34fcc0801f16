import { useTranslation } from 'react-i18next';
import { classNames } from '../../ui/class-names.js';
import { formatCountdown } from '../../ui/countdown.js';
import { useNow } from '../../ui/use-now.js';
import { CLOSING_MS } from './closing.js';
import styles from './poll-clock.module.css';

interface PollClockProps {
  /** ISO 8601. */
  readonly until: string;
  readonly offset: number;
}

/** The time that a poll stays open. In its last 15 seconds the text changes and is red. A timer for screen readers: not announced each second. */
export function PollClock({ until, offset }: PollClockProps) {
  const { t } = useTranslation('polls');
  const left = Date.parse(until) - useNow(500, offset);
  const isClosing = left <= CLOSING_MS;
  return (
    <strong role="timer" aria-live="off" className={classNames('numbers', styles.clock, isClosing && styles.closing)}>
      {t(isClosing ? 'clock.closing' : 'clock.left', { time: formatCountdown(left) })}
    </strong>
  );
}
