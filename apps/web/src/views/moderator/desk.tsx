import { useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { Event, Session } from '#libs/contract/programme';
import type { ModerationAction } from '#libs/domain/question-transitions';
import type { Question } from '#libs/contract/question';
import type { ScreenKind } from '#libs/contract/screen';
import { KeyboardHelp } from '../../ui/keyboard-help.js';
import { classNames } from '../../ui/class-names.js';
import type { LiveSession } from '../../features/session/use-session.js';
import { type Asked, Dialogs } from './dialogs.js';
import styles from './moderate.module.css';
import { notesByQuestion } from './notes.js';
import { useQuestionMenu } from './question-actions.js';
import { QuestionAside } from './question-aside.js';
import { countTabs, found, type RankedTab, ranked, waiting } from './queues.js';
import { RankedColumn } from './ranked-column.js';
import { focusRevision, Revisions } from './revisions.js';
import { screenChoices } from './screen-choices.js';
import { ScreenColumn } from './screen-column.js';
import { useDeskKeys } from './use-desk-keys.js';
import { useMeasures } from './use-measures.js';
import { useModeration } from './use-moderation.js';
import { useSpeakerSteps } from './use-speaker-steps.js';
import { useSelection } from './use-selection.js';
import { WaitingColumn } from './waiting-column.js';

interface DeskProps {
  readonly event: Event;
  readonly session: Session;
  readonly live: LiveSession;
}

const PANELS = ['waiting', 'ranked', 'screen'] as const;
type Panel = (typeof PANELS)[number];

/** The moderator's desk: pending questions, the ranking, and the audience's view. */
export function Desk({ event, session, live }: DeskProps) {
  const { t } = useTranslation('moderate');
  const moderation = useModeration(live, session.id);
  useSpeakerSteps(live, moderation.offer);
  const [tab, setTab] = useState<RankedTab>('open');
  const [panel, setPanel] = useState<Panel>('waiting');
  const [asked, setAsked] = useState<Asked | null>(null);
  const [search, setSearch] = useState('');
  const questions = found(live.questions, search);
  const lists = { waiting: waiting(questions), ranked: ranked(questions, tab) };
  const selection = useSelection({ waiting: ids(lists.waiting), ranked: ids(lists.ranked) });
  const answering = live.questions.find(({ state }) => state === 'live') ?? null;
  const screen = session.screen ?? { kind: 'title' };
  const selected = lists[selection.column].find(({ id }) => id === selection.id) ?? null;
  const act = (question: Question, action: ModerationAction) => void moderation.moderate(question, action);
  const show = (kind: ScreenKind) => {
    const choice = screenChoices(screen, live)[kind];
    if (choice) void moderation.show(choice);
  };
  useDeskKeys({
    selected,
    answering,
    selection,
    onAct: act,
    onAsk: setAsked,
    onUndo: moderation.undo,
    onShow: show,
    onRevisions: () => {
      flushSync(() => setPanel('waiting')); // on a narrow screen they are not shown before
      focusRevision();
    },
  });
  const measures = useMeasures(live.desk.restricted, moderation, { eventId: event.id, sessionId: session.id });
  const notes = useMemo(() => notesByQuestion(live.questions), [live.questions]);
  const asideOf = (question: Question) => (
    <QuestionAside question={question} notes={notes.get(question.id) ?? []} measures={measures} />
  );
  const menuOf = useQuestionMenu(setAsked, measures);

  const shared = { offset: live.serverOffset, selection, measures, asideOf, onAct: act, onAsk: setAsked };
  const counts: Readonly<Record<Panel, number | null>> = {
    waiting: lists.waiting.length,
    ranked: lists.ranked.length,
    screen: null,
  };
  return (
    <>
      <div className={styles.panels} role="group" aria-label={t('panels')}>
        {PANELS.map((value) => (
          <button key={value} type="button" aria-pressed={panel === value} onClick={() => setPanel(value)}>
            <span>{t(`column.${value}`)}</span>{' '}
            {counts[value] !== null && <span className="muted numbers">{counts[value]}</span>}
          </button>
        ))}
      </div>
      <div className={classNames(styles.desk, styles[`show-${panel}`])}>
        <WaitingColumn
          questions={lists.waiting}
          isPremoderated={session.premoderated}
          all={live.questions}
          search={search}
          onSearch={setSearch}
          onMerge={(question, into) => void moderation.moderate(question, 'merge', { into: into.id })}
          onApproveAll={(waiting) => void moderation.approveAll(waiting)}
          {...shared}
        >
          <Revisions live={live} asideOf={asideOf} />
        </WaitingColumn>
        <RankedColumn
          questions={lists.ranked}
          tab={tab}
          onTab={setTab}
          counts={countTabs(questions)}
          isSearching={search.trim() !== ''}
          {...shared}
        />
        <ScreenColumn
          event={event}
          session={session}
          live={live}
          screen={screen}
          answering={answering && { question: answering, menu: menuOf(answering), aside: asideOf(answering) }}
          moderation={moderation}
          onAct={act}
        />
      </div>
      <Dialogs
        asked={asked}
        onClose={() => setAsked(null)}
        sessionId={session.id}
        questions={live.questions}
        moderation={moderation}
      />
      <KeyboardHelp shortcuts={KEYS.map((keys) => ({ keys, does: t(`key.${keys}`) }))} />
    </>
  );
}

/** The entries of the help; their texts are in the catalogue under the same keys. */
const KEYS = ['A', 'R', 'M', 'S', 'D', 'P', 'H', 'N', 'W', '1 – 6', 'Z', '↑ ↓', '← →'] as const;

const ids = (questions: readonly Question[]) => questions.map(({ id }) => id);
