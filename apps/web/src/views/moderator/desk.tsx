import { useTranslation } from 'react-i18next';
import type { Question } from '#libs/contract/question';
import { KeyboardHelp } from '../../ui/keyboard-help.js';
import { classNames } from '../../ui/class-names.js';
import { Dialogs } from './dialogs.js';
import styles from './moderate.module.css';
import { PanelSwitch } from './panel-switch.js';
import { useQuestionMenu } from './question-actions.js';
import { QuestionAside } from './question-aside.js';
import { RankedColumn } from './ranked-column.js';
import { Revisions } from './revisions.js';
import { ScreenColumn } from './screen-column.js';
import { type DeskProps, useDesk } from './use-desk.js';
import { WaitingColumn } from './waiting-column.js';

/** The moderator's desk: pending questions, the ranking, and the audience's view. */
export function Desk(props: DeskProps) {
  const { session, live } = props;
  const { t } = useTranslation('moderate');
  const desk = useDesk(props);
  const { panel, lists, asked, onAsk, moderation } = desk;
  return (
    <>
      <PanelSwitch
        panel={panel}
        onPanel={desk.setPanel}
        counts={{ waiting: lists.waiting.length, ranked: lists.ranked.length }}
      />
      <div className={classNames(styles.desk, styles[`show-${panel}`])}>
        <Columns {...props} desk={desk} />
      </div>
      <Dialogs
        asked={asked}
        onClose={() => onAsk(null)}
        sessionId={session.id}
        questions={live.questions}
        moderation={moderation}
      />
      <KeyboardHelp shortcuts={KEYS.map((keys) => ({ keys, does: t(`key.${keys}`) }))} />
    </>
  );
}

function Columns({ event, session, live, desk }: DeskProps & { readonly desk: ReturnType<typeof useDesk> }) {
  const { lists, moderation, selection, measures, notes, answering, onAct, onAsk } = desk;
  const asideOf = (question: Question) => (
    <QuestionAside question={question} notes={notes.get(question.id) ?? []} measures={measures} />
  );
  const menuOf = useQuestionMenu(onAsk, measures);
  const shared = { offset: live.serverOffset, selection, measures, asideOf, onAct, onAsk };
  return (
    <>
      <WaitingColumn
        questions={lists.waiting}
        isPremoderated={session.premoderated}
        all={live.questions}
        search={lists.search}
        onSearch={lists.setSearch}
        onMerge={(question, into) => void moderation.moderate(question, 'merge', { into: into.id })}
        onApproveAll={(waiting) => void moderation.approveAll(waiting)}
        {...shared}
      >
        <Revisions live={live} asideOf={asideOf} />
      </WaitingColumn>
      <RankedColumn
        questions={lists.ranked}
        tab={lists.tab}
        onTab={lists.setTab}
        counts={lists.counts}
        isSearching={lists.search.trim() !== ''}
        {...shared}
      />
      <ScreenColumn
        {...{ event, session, live, moderation, onAct }}
        screen={desk.screen}
        answering={answering && { question: answering, menu: menuOf(answering), aside: asideOf(answering) }}
      />
    </>
  );
}

/** The entries of the help; their texts are in the catalogue under the same keys. */
const KEYS = ['A', 'R', 'M', 'S', 'D', 'P', 'H', 'N', 'W', '1 – 6', 'Z', '↑ ↓', '← →'] as const;
