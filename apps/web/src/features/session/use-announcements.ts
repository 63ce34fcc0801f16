import type { Poll } from '#libs/contract/poll';
import type { Question } from '#libs/contract/question';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../../ui/announcer.js';
import { toast } from '../../ui/toast.js';
import { localisePoll } from '../polls/localise-poll.js';
import type { LiveSession } from './use-session.js';

export type Happening =
  | { readonly kind: 'poll-opened'; readonly poll: Poll }
  | { readonly kind: 'poll-closed'; readonly poll: Poll }
  | { readonly kind: 'now'; readonly question: Question }
  | { readonly kind: 'approved' | 'rejected' | 'merged'; readonly question: Question };

type Seen = Pick<LiveSession, 'questions' | 'polls' | 'me'>;

/** What is worth telling between two moments of a session: never a score. */
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
        question.state === 'rejected' || question.state === 'merged' ? [{ kind: question.state, question }] : [],
      ),
  ];
}

/** Tells screen readers, and for one's own questions everybody, what has happened. */
export function useAnnouncements(live: LiveSession): void {
  const { t, i18n } = useTranslation('session');
  const before = useRef<Seen | null>(null);
  const { session, questions, polls, me } = live;
  useEffect(() => {
    if (!session) return;
    const after = { questions, polls, me };
    for (const happening of before.current ? happenings(before.current, after) : []) tell(happening);
    before.current = after;

    function tell(happening: Happening) {
      switch (happening.kind) {
        case 'poll-opened':
        case 'poll-closed':
          return announce(
            t(`announce.${happening.kind}`, { question: localisePoll(happening.poll, i18n.language).question }),
          );
        case 'now':
          return announce(t('announce.now', { question: happening.question.text }));
        case 'approved':
        case 'rejected':
        case 'merged':
          toast(t(`announce.${happening.kind}`));
      }
    }
  }, [session, questions, polls, me, t, i18n]);
}
