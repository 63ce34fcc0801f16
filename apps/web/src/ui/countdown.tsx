import { useNow } from './use-now.js';

/** `1:05`, or `1:02:09` from an hour on; never below zero. */
export function formatCountdown(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

interface CountdownProps {
  /** ISO 8601. */
  readonly until: string;
  /** How far the server's clock is ahead of this one, in milliseconds; by default that of the page. */
  readonly offset?: number | undefined;
}

/** Time left by the server's clock. A timer for screen readers, so that it is not announced each second. */
export function Countdown({ until, offset }: CountdownProps) {
  const now = useNow(500, offset);
  return (
    <span role="timer" aria-live="off" className="numbers">
      {formatCountdown(Date.parse(until) - now)}
    </span>
  );
}
