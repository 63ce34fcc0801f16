import type { Event, Session } from '#libs/contract/programme';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.js';
import { TabPanel, Tabs } from '../../ui/tabs.js';
import { Tag } from '../../ui/tag.js';
import { PollsPanel } from '../polls/polls-panel.js';
import { groupQuestions } from '../questions/question-groups.js';
import { QuestionsPanel } from '../questions/questions-panel.js';
import { AboutPanel } from './about-panel.js';
import { PanelSkeleton } from './panel-skeleton.js';
import styles from './session-panel.module.css';
import type { SessionTab } from './session-search.js';
import type { LiveSession } from './use-session.js';

interface SessionPanelProps {
  readonly event: Event;
  readonly session: Session;
  readonly live: LiveSession;
  readonly showsNow: boolean;
}

const route = getRouteApi('/$event/s/$session');

/** Beside or under the stream: questions, polls, what it is about. */
export function SessionPanel({ event, session, live, showsNow }: SessionPanelProps) {
  const { t } = useTranslation('session');
  const format = useFormat();
  const { tab = 'questions' } = route.useSearch();
  const navigate = route.useNavigate();
  const show = (next: SessionTab) => void navigate({ search: { tab: next }, replace: true, resetScroll: false });
  const { ranked } = groupQuestions(live.questions);
  const hasOpenPoll = live.polls.some(({ state }) => state === 'open');
  const room = event.rooms.find(({ id }) => id === session.roomId);
  const isLoading = live.session === null;
  return (
    <Tabs<SessionTab>
      label={t('tabs.label')}
      value={tab}
      onChange={show}
      className={styles.tabs}
      listClassName={styles.list}
      tabs={[
        {
          value: 'questions',
          label: (
            <>
              {t('tabs.questions')}{' '}
              {ranked.length > 0 && <span className="muted numbers">{format.number(ranked.length)}</span>}
            </>
          ),
        },
        {
          value: 'poll',
          label: (
            <>
              {t('tabs.poll')} {hasOpenPoll && <Tag tone="live">{t('tabs.poll-open')}</Tag>}
            </>
          ),
        },
        { value: 'about', label: t('tabs.about') },
      ]}
    >
      <TabPanel value="questions" className={styles.panel}>
        {isLoading ? (
          <PanelSkeleton />
        ) : (
          <QuestionsPanel event={event} sessionId={session.id} live={live} showsNow={showsNow} />
        )}
      </TabPanel>
      <TabPanel value="poll" className={styles.panel}>
        {isLoading ? <PanelSkeleton /> : <PollsPanel event={event} live={live} />}
      </TabPanel>
      <TabPanel value="about" className={styles.panel}>
        <AboutPanel event={event} session={session} room={room} />
      </TabPanel>
    </Tabs>
  );
}
