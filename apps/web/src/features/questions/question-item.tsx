import type { Question } from '#libs/contract/question';
import { neutraliseBidi } from '#libs/contract/direction';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Format } from '../../i18n/format.js';
import { ownNameOf } from '../../i18n/languages.js';
import { Tag } from '../../ui/tag.js';
import { UserText } from '../../ui/user-text.js';
import styles from './question-item.module.css';

interface QuestionItemProps {
  readonly question: Question;
  readonly format: Format;
  readonly isOwn?: boolean;
  /** Tags before the others: its state. */
  readonly tags?: ReactNode;
  /** What can be done with it, at its side. */
  readonly side?: ReactNode;
  /** Under it. */
  readonly children?: ReactNode;
}

/** One question as the audience sees it. */
export function QuestionItem({ question, format, isOwn = false, tags, side, children }: QuestionItemProps) {
  const { t, i18n } = useTranslation('questions');
  const { text, pinned, language, askedAt, reply } = question;
  const isForeign = language && language.split('-')[0] !== i18n.language;
  return (
    <li className={styles.question} data-question={question.id}>
      <div className={styles.words}>
        <p className={styles.text}>
          <UserText lang={language}>{text}</UserText>
        </p>
        <div className={styles.tags}>
          {tags}
          {pinned && <Tag tone="brand">{t('pinned')}</Tag>}
          {isForeign && <Tag lang={language}>{ownNameOf(language)}</Tag>}
          <span className={styles.by}>
            {isOwn ? t('yours') : <AuthorName question={question} />} · {format.time(askedAt)}
            {question.edited && ` · ${t('edited')}`}
          </span>
        </div>
        {reply && (
          <blockquote className={styles.reply}>
            <p>
              <UserText>{reply.text}</UserText>
            </p>
            <footer>{reply.author ? neutraliseBidi(reply.author) : t('reply.team')}</footer>
          </blockquote>
        )}
        {children}
      </div>
      {side}
    </li>
  );
}

/** Who asked: their name, "Guest" without one, or that they would rather not be named. */
export function AuthorName({
  question: { author, anonymous },
}: {
  readonly question: Pick<Question, 'author' | 'anonymous'>;
}) {
  const { t } = useTranslation('questions');
  if (anonymous || !author) return t('author.anonymous');
  return author.name ? <UserText>{author.name}</UserText> : t('author.guest');
}
