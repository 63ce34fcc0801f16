import type { Poll } from '#libs/contract/poll';
import { useEffect, useState } from 'react';

/** A poll that closes within this time shows so in words, also to people who dismissed its call. */
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

/** The maximum of setTimeout. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/** The open polls in their last 15 seconds. Renders again when a poll enters them, not every second. */
export function useClosing(polls: readonly Poll[], offset: number): readonly Poll[] {
  const [seenAt, setSeenAt] = useState(() => Date.now());
  const closing = closingAt(polls, seenAt + offset);
  const known = closing.length;
  useEffect(() => {
    const now = Date.now() + offset;
    const wait = closingAt(polls, now).length === known ? nextClosing(polls, now) : 0;
    if (wait === null) return;
    const timer = setTimeout(() => setSeenAt(Date.now()), Math.min(wait, LONGEST_WAIT_MS));
    return () => clearTimeout(timer);
  }, [polls, offset, known, seenAt]);
  return closing;
}
