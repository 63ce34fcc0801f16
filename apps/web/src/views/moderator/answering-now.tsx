import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModerationAction } from '#libs/domain/question-transitions';
import type { Question } from '#libs/contract/question';
import type { Screen } from '#libs/contract/screen';
import { Button } from '../../ui/button.js';
import { formatCountdown } from '../../ui/countdown.js';
import { IconButton } from '../../ui/icon-button.js';
import { neutraliseBidi } from '#libs/contract/direction';
import { Kbd } from '../../ui/kbd.js';
import { Menu, type MenuItem } from '../../ui/menu.js';
import { useNow } from '../../ui/use-now.js';
import { UserText } from '../../ui/user-text.js';
import styles from './moderate.module.css';

interface AnsweringNowProps {
  readonly question: Question;
  readonly screen: Screen;
  readonly offset: number;
  readonly onAct: (question: Question, action: ModerationAction) => void;
  readonly menu: readonly MenuItem[];
  /** What only moderators see of it. */
  readonly aside: ReactNode;
}

/** The live question: the audience sees that it is being answered, also while the projector shows something else. */
export function AnsweringNow({ question, screen, offset, onAct, menu, aside }: AnsweringNowProps) {
  const { t } = useTranslation('moderate');
  const by = question.advancedBy && neutraliseBidi(question.advancedBy.name ?? t('step.somebody', { ns: 'cues' }));
  const since = useNow(1000, offset) - Date.parse(question.liveAt ?? question.askedAt);
  const isOnProjector = screen.kind === 'question' && screen.questionId === question.id;
  return (
    <div className={styles.answering}>
      {!isOnProjector && (
        <p className={styles.answeringText}>
          <UserText lang={question.language}>{question.text}</UserText>
        </p>
      )}
      <div className={styles.answeringHead}>
        <p className="muted numbers">
          <span>{`${t('screen.answering')} · ${formatCountdown(since)} · ${t('votes', { count: question.score })}`}</span>
          {by && <span>{` · ${t('step.by', { ns: 'cues', name: by })}`}</span>}
        </p>
        <Menu trigger={<IconButton icon="more" label={t('more')} variant="quiet" />} items={menu} />
      </div>
      <div className={styles.row}>
        <Button size="small" variant="primary" onClick={() => onAct(question, 'answer')}>
          {t(isOnProjector ? 'screen.answered' : 'act.answer')} <Kbd isHint>D</Kbd>
        </Button>
        <Button size="small" onClick={() => onAct(question, 'reopen')}>
          {t('take-down')}
        </Button>
      </div>
      {aside}
    </div>
  );
}
