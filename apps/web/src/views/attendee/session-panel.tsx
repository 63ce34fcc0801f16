import type { Event, Session } from '#libs/contract/programme';
import { getRouteApi } from '@tanstack/react-router';
import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.js';
import { showStart } from '../../ui/show-start.js';
import { classNames } from '../../ui/class-names.js';
import { TabPanel, Tabs } from '../../ui/tabs.js';
import { Tag } from '../../ui/tag.js';
import { useMedia } from '../../ui/use-media.js';
import { PollCall, usePollToAnswer } from '../../features/polls/poll-call.js';
import { PollsPanel } from '../../features/polls/polls-panel.js';
import { groupQuestions } from '../../features/questions/question-groups.js';
import { QuestionsPanel } from '../../features/questions/questions-panel.js';
import { AboutPanel } from './about-panel.js';
import { PanelSkeleton } from './panel-skeleton.js';
import styles from './session-panel.module.css';
import type { SessionSearch, SessionTab } from './session-search.js';
import type { LiveSession } from '../../features/session/use-session.js';
import type { Writing } from '../../features/session/use-writing.js';

interface SessionPanelProps {
  readonly event: Event;
  readonly session: Session;
  readonly live: LiveSession;
  readonly writing: Writing;
}

const route = getRouteApi('/$event/s/$session');

/** Beside or under the stream: questions, polls, what it is about. */
export function SessionPanel(props: SessionPanelProps) {
  const { session, live, writing } = props;
  const { t } = useTranslation('session');
  // Decided when the page opens: it does not change under a reader when the session begins.
  const [firstTab] = useState<SessionTab>(session.state === 'scheduled' ? 'about' : 'questions');
  const { tab = firstTab } = route.useSearch();
  const show = useShow();
  const start = useTabStart(tab);
  const { poll: called, isLastCall, later } = usePollToAnswer(live);
  const isLow = useMedia('(max-height: 30rem)'); // a whole card would cover the field
  return (
    <>
      <div ref={start} className={styles.start} />
      <Tabs<SessionTab>
        label={t('tabs.label')}
        value={tab}
        onChange={(next) => show({ tab: next })}
        className={styles.tabs}
        listClassName={styles.list}
        tabs={[
          { value: 'questions', label: <QuestionsLabel live={live} /> },
          { value: 'poll', label: <PollLabel live={live} /> },
          { value: 'about', label: t('tabs.about') },
        ]}
      >
        <Panels {...props} />
      </Tabs>
      {called && tab !== 'poll' && (
        <div className={styles.call}>
          <PollCall
            poll={called}
            offset={live.serverOffset}
            onAnswer={() => show({ tab: 'poll' })}
            onLater={later}
            isCompact={writing.mode !== null || isLow || isLastCall}
          />
        </div>
      )}
    </>
  );
}

/** Changes what the address says of the panel. */
function useShow() {
  const navigate = route.useNavigate();
  return (next: SessionSearch) =>
    void navigate({ search: (now) => ({ ...now, ...next }), replace: true, resetScroll: false });
}

function Panels({ event, session, live, writing }: SessionPanelProps) {
  const { order = 'supported' } = route.useSearch();
  const show = useShow();
  const room = event.rooms.find(({ id }) => id === session.roomId);
  const isLoading = live.session === null;
  return (
    <>
      <TabPanel value="questions" className={styles.panel}>
        {isLoading ? (
          <PanelSkeleton />
        ) : (
          <QuestionsPanel
            {...{ event, live, writing, order }}
            sessionId={session.id}
            onOrder={(next) => show({ order: next })}
          />
        )}
      </TabPanel>
      <TabPanel value="poll" className={styles.panel}>
        {isLoading ? <PanelSkeleton /> : <PollsPanel event={event} live={live} />}
      </TabPanel>
      <TabPanel value="about" className={styles.panel}>
        <AboutPanel event={event} session={session} room={room} />
      </TabPanel>
    </>
  );
}

function QuestionsLabel({ live }: Pick<SessionPanelProps, 'live'>) {
  const { t } = useTranslation('session');
  const format = useFormat();
  const { ranked } = groupQuestions(live.questions);
  return (
    <>
      <span>{t('tabs.questions')}</span>{' '}
      <span className={classNames('muted', 'numbers', styles.count)}>
        {ranked.length > 0 && format.number(ranked.length)}
      </span>
    </>
  );
}

function PollLabel({ live }: Pick<SessionPanelProps, 'live'>) {
  const { t } = useTranslation('session');
  const hasOpenPoll = live.polls.some(({ state }) => state === 'open');
  return (
    <>
      <span>{t('tabs.poll')}</span>{' '}
      <span className={styles.open} aria-hidden={!hasOpenPoll} data-shown={hasOpenPoll}>
        <Tag tone="live">
          <span className={styles.word}>{t('tabs.poll-open')}</span>
        </Tag>
      </span>
    </>
  );
}

/** Another tab begins at its top; the one that the page opens with stays where the browser restores it. */
function useTabStart(tab: SessionTab) {
  const start = useRef<HTMLDivElement>(null);
  const shown = useRef(tab);
  useLayoutEffect(() => {
    if (shown.current === tab) return;
    shown.current = tab;
    showStart(start.current);
  }, [tab]);
  return start;
}
