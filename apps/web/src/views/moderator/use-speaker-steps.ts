import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { LiveSession } from '../../features/session/use-session.js';
import { excerptOf } from './excerpt.js';
import { type Seen, speakerStep } from './speaker-steps.js';
import type { Moderation } from './use-moderation.js';

/** Shows a speaker's steps as soon as they are known here, and offers to undo them. */
export function useSpeakerSteps({ session, questions }: LiveSession, offer: Moderation['offer']): void {
  const { t } = useTranslation('cues');
  const seen = useRef<Seen>(undefined);
  useEffect(() => {
    if (!session) return;
    const before = seen.current;
    const after: Seen = { sessionId: session.id, questions, screen: session.screen ?? { kind: 'title' } };
    seen.current = after;
    const step = before?.sessionId === session.id ? speakerStep(before, after) : null;
    if (!step) return;
    const name = step.name ?? t('step.somebody');
    offer(t(`step.${step.kind}`, { name, question: excerptOf(step.question.text) }), step.steps);
  });
}
