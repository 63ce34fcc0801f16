import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.js';
import type { QuestionFormProps } from './asked.js';
import styles from './moderate.module.css';

export function History({ question, moderation }: QuestionFormProps) {
  const { t } = useTranslation('moderate');
  const format = useFormat();
  const { data } = useQuery({
    queryKey: ['history', question.id],
    queryFn: async () => (await moderation.request('question:history', { questionId: question.id })) ?? null,
    gcTime: 0,
  });
  if (data === undefined) return <p className="muted">{t('loading', { ns: 'common' })}</p>;
  if (!data || data.entries.length === 0) return <p className="muted">{t('history.empty')}</p>;
  return (
    <ol className={styles.history}>
      {data.entries.map(({ action, actor, reason, at }, index) => (
        <li key={index}>
          <b>{t(`acted.${action}`, { defaultValue: action })}</b>{' '}
          <span className="muted">
            <span>{actor ?? t('history.nobody')}</span> <span>·</span>{' '}
            <span className="numbers">{format.time(at)}</span>
          </span>
          {reason && <p>{reason}</p>}
        </li>
      ))}
    </ol>
  );
}
