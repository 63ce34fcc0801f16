import { useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Event, Session } from '#libs/contract/programme';
import type { Question } from '#libs/contract/question';
import type { ModerationAction } from '#libs/domain/question-transitions';
import type { ScreenKind } from '#libs/contract/screen';
import type { LiveSession } from '../../features/session/use-session.js';
import type { DialogRequest } from './asked.js';
import { notesByQuestion } from './notes.js';
import type { Panel } from './panel-switch.js';
import { countTabs, found, type RankedTab, ranked, waiting } from './queues.js';
import { focusRevision } from './revisions.js';
import { screenChoices } from './screen-choices.js';
import { useDeskKeys } from './use-desk-keys.js';
import { useMeasures } from './use-measures.js';
import { useModeration } from './use-moderation.js';
import { useSelection } from './use-selection.js';
import { useSpeakerSteps } from './use-speaker-steps.js';

export interface DeskProps {
  readonly event: Event;
  readonly session: Session;
  readonly live: LiveSession;
}

/** The state of the moderator's desk, and its keys. */
export function useDesk({ event, session, live }: DeskProps) {
  const moderation = useModeration(live, session.id);
  useSpeakerSteps(live, moderation.offer);
  const [panel, setPanel] = useState<Panel>('waiting');
  const [asked, onAsk] = useState<DialogRequest | null>(null);
  const lists = useLists(live.questions);
  const selection = useSelection({ waiting: ids(lists.waiting), ranked: ids(lists.ranked) });
  const answering = live.questions.find(({ state }) => state === 'live') ?? null;
  const screen = session.screen ?? { kind: 'title' };
  const onAct = (question: Question, action: ModerationAction) => void moderation.moderate(question, action);
  useDeskKeys({
    selected: lists[selection.column].find(({ id }) => id === selection.id) ?? null,
    answering,
    selection,
    onAct,
    onAsk,
    onUndo: moderation.undo,
    onShow: (kind: ScreenKind) => {
      const choice = screenChoices(screen, live)[kind];
      if (choice) void moderation.show(choice);
    },
    onRevisions: () => {
      flushSync(() => setPanel('waiting')); // on a narrow screen they are not shown before
      focusRevision();
    },
  });
  const measures = useMeasures(live.desk.restricted, moderation, { eventId: event.id, sessionId: session.id });
  const notes = useMemo(() => notesByQuestion(live.questions), [live.questions]);
  return { moderation, panel, setPanel, asked, onAsk, lists, selection, answering, screen, onAct, measures, notes };
}

/** What the two queues list, by the search and the chosen tab. */
function useLists(all: readonly Question[]) {
  const [tab, setTab] = useState<RankedTab>('open');
  const [search, setSearch] = useState('');
  const questions = found(all, search);
  const lists = { waiting: waiting(questions), ranked: ranked(questions, tab) };
  return { ...lists, tab, setTab, search, setSearch, counts: countTabs(questions) };
}

const ids = (questions: readonly Question[]) => questions.map(({ id }) => id);
