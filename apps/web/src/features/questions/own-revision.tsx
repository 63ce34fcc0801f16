import type { Question } from '#libs/contract/question';
import { useTranslation } from 'react-i18next';
import { Tag } from '../../ui/tag.js';
import { UserText } from '../../ui/user-text.js';
import type { LiveSession } from '../session/use-session.js';
import styles from './own-question.module.css';

interface OwnRevisionProps {
  readonly question: Pick<Question, 'id'>;
  readonly live: Pick<LiveSession, 'me'>;
}

/** The revision of an own public question: only its author sees it here, with its outcome. */
export function OwnRevision({ question, live }: OwnRevisionProps) {
  const { t } = useTranslation('questions');
  const revision = live.me.revisions?.[question.id];
  if (!revision) return null;
  return (
    <div className={styles.revision}>
      <Tag tone={revision.state === 'pending' ? 'warn' : 'neutral'}>{t(`revision.${revision.state}`)}</Tag>
      <p>
        <UserText>{revision.text}</UserText>
      </p>
      {revision.reason && (
        <p className={styles.reason}>
          {t('reason')} <UserText>{revision.reason}</UserText>
        </p>
      )}
    </div>
  );
}
