import type { Poll } from '#libs/contract/poll';
import { useEffect, useState } from 'react';

/** A poll that closes within this time says so in words, also to those who put its call off. */
export const CLOSING_MS = 15_000;

/** The open polls in their last 15 seconds at a moment of the server's clock. */
export function closingAt(polls: readonly Poll[], now: number): readonly Poll[] {
  return polls.filter(({ state, endsAt }) => state === 'open' && msUntilClosing(endsAt, now) <= 0);
}

/** How long until the next open poll begins its last 15 seconds; null where none will. */
export function nextClosing(polls: readonly Poll[], now: number): number | null {
  const waits = polls
    .filter(({ state }) => state === 'open')
    .map(({ endsAt }) => msUntilClosing(endsAt, now))
    .filter((wait) => wait > 0 && wait < Infinity);
  return waits.length > 0 ? Math.min(...waits) : null;
}

const msUntilClosing = (endsAt: string | undefined, now: number) =>
  endsAt === undefined ? Infinity : Date.parse(endsAt) - CLOSING_MS - now;

/** What setTimeout takes at most. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/** The open polls in their last 15 seconds. Renders again when a poll enters them, not every second. */
export function useClosing(polls: readonly Poll[], offset: number): readonly Poll[] {
  const [, setRenders] = useState(0);
  const now = Date.now() + offset;
  const closing = closingAt(polls, now);
  const wait = nextClosing(polls, now);
  const at = wait === null ? null : now + wait;
  useEffect(() => {
    if (at === null) return;
    const again = () => setRenders((renders) => renders + 1);
    const timer = setTimeout(again, Math.min(Math.max(0, at - Date.now() - offset), LONGEST_WAIT_MS));
    return () => clearTimeout(timer);
  }, [at, offset]);
  return closing;
}
