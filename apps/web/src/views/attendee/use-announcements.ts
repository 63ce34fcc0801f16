import type { Poll } from '#libs/contract/poll';
import type { Question } from '#libs/contract/question';
import type { TFunction } from 'i18next';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../../ui/announcer.js';
import { toast } from '../../ui/toast.js';
import { useClosing } from '../../features/polls/closing.js';
import { writeDuration } from '../../features/polls/duration.js';
import { localisePoll } from '../../features/polls/localise-poll.js';
import { roundKey } from '../../features/polls/poll-call-rules.js';
import type { LiveSession } from '../../features/session/use-session.js';

export type Happening =
  | { readonly kind: 'poll-opened'; readonly poll: Poll }
  | { readonly kind: 'poll-closed'; readonly poll: Poll }
  | { readonly kind: 'now'; readonly question: Question }
  | { readonly kind: 'approved' | 'rejected' | 'merged'; readonly question: Question };

type Seen = Pick<LiveSession, 'questions' | 'polls' | 'me'>;

/** The changes between two states of a session that are announced: never a score. */
export function happenings(before: Seen, after: Seen): Happening[] {
  const polls = new Map(before.polls.map((poll) => [poll.id, poll]));
  const wasNow = before.questions.find(({ state }) => state === 'live')?.id;
  const now = after.questions.find(({ state }) => state === 'live');
  const waiting = new Set(before.me.questions.filter(({ state }) => state === 'pending').map(({ id }) => id));
  return [
    ...after.polls.flatMap((poll): Happening[] => {
      const { state, round } = polls.get(poll.id) ?? {};
      if (poll.state === 'open' && (state !== 'open' || round !== poll.round)) return [{ kind: 'poll-opened', poll }];
      return poll.state === 'closed' && state === 'open' ? [{ kind: 'poll-closed', poll }] : [];
    }),
    ...(now && now.id !== wasNow ? [{ kind: 'now' as const, question: now }] : []),
    ...after.questions
      .filter(({ id }) => waiting.has(id))
      .map((question): Happening => ({ kind: 'approved', question })),
    ...after.me.questions
      .filter(({ id }) => waiting.has(id))
      .flatMap((question): Happening[] =>
        // The notice to its author arrives before the frame that adds an approved question to the list.
        question.state === 'approved' || question.state === 'rejected' || question.state === 'merged'
          ? [{ kind: question.state, question }]
          : [],
      ),
  ];
}

/** Announces events to screen readers, and events of own questions visibly too. */
export function useAnnouncements(live: LiveSession): void {
  const { t, i18n } = useTranslation('session');
  const before = useRef<Seen | null>(null);
  const { session, questions, polls, me, serverOffset } = live;
  useEffect(() => {
    if (!session) return;
    const after = { questions, polls, me };
    for (const happening of before.current ? happenings(before.current, after) : []) tell(happening);
    before.current = after;

    function tell(happening: Happening) {
      switch (happening.kind) {
        case 'poll-opened':
          return announce(
            openedText(t, localisePoll(happening.poll, i18n.language), i18n.language, Date.now() + serverOffset),
          );
        case 'poll-closed':
          return announce(
            t('announce.poll-closed', { question: localisePoll(happening.poll, i18n.language).question }),
          );
        case 'now':
          return announce(t('announce.now', { question: happening.question.text }));
        case 'approved':
        case 'rejected':
        case 'merged':
          toast(t(`announce.${happening.kind}`));
      }
    }
  }, [session, questions, polls, me, serverOffset, t, i18n]);
  useClosingAnnouncement(live);
}

/** Announces once for each round that it is about to close, to people who have not answered. */
function useClosingAnnouncement({ polls, me, guests, serverOffset }: LiveSession): void {
  const { t, i18n } = useTranslation('session');
  const told = useRef(new Set<string>());
  const closing = useClosing(polls, serverOffset);
  useEffect(() => {
    if (guests === 'watch_only') return;
    for (const poll of closing) {
      if (me.ballots[poll.id] || told.current.has(roundKey(poll))) continue;
      told.current.add(roundKey(poll));
      const count = secondsLeft(poll, Date.now() + serverOffset);
      announce(t('announce.poll-closing', { count, question: localisePoll(poll, i18n.language).question }));
    }
  });
}

function openedText(t: TFunction<'session'>, poll: Poll, language: string, now: number): string {
  const { question } = poll;
  if (!poll.endsAt) return t('announce.poll-opened', { question });
  return t('announce.poll-opened-until', { question, left: writeDuration(language, secondsLeft(poll, now)) });
}

const secondsLeft = ({ endsAt }: Poll, now: number) => Math.max(1, Math.ceil((Date.parse(endsAt ?? '') - now) / 1000));
