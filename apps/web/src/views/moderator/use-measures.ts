import { useTranslation } from 'react-i18next';
import type { Restricted } from '#libs/contract/desk';
import type { Question } from '#libs/contract/question';
import { hasRole, useActor } from '../../features/sign-in/actor.js';
import type { Moderation } from './use-moderation.js';

/** The restrictions in force against the authors of questions, and their undo. */
export interface Measures {
  /** Whether this person may mute and ban: it takes a moderator of the whole event. */
  readonly canRestrict: boolean;
  readonly on: (question: Question) => readonly Restricted[];
  readonly takeBack: (question: Question, measure: Restricted) => void;
}

interface RestrictionScope {
  readonly eventId: string;
  readonly sessionId: string;
}

export function useMeasures(
  restricted: readonly Restricted[],
  moderation: Moderation,
  { eventId, sessionId }: RestrictionScope,
): Measures {
  const { t } = useTranslation('moderate');
  const actor = useActor(eventId);
  const takeBack: Measures['takeBack'] = ({ author }, { actorId, kind, reason }) => {
    const payload = { sessionId, actorId };
    const again = { ...payload, restriction: kind, ...(reason !== undefined && { reason }) };
    void moderation.act(
      'actor:restrict',
      { ...payload, restriction: `un${kind}` },
      t(`done.un${kind}`, { name: author?.name ?? t('guest') }),
      [{ request: 'actor:restrict', payload: again }],
    );
  };
  return {
    canRestrict: hasRole(actor, 'moderator'),
    on: ({ author }) => (author?.id === undefined ? [] : restricted.filter(({ actorId }) => actorId === author.id)),
    takeBack,
  };
}
