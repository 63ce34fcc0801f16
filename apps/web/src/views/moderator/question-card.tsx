import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Question } from '#libs/contract/question';
import { neutraliseBidi } from '#libs/contract/direction';
import { ownNameOf } from '../../i18n/languages.js';
import { IconButton } from '../../ui/icon-button.js';
import { Menu, type MenuItem } from '../../ui/menu.js';
import { Tag } from '../../ui/tag.js';
import { useNow } from '../../ui/use-now.js';
import { UserText } from '../../ui/user-text.js';
import { classNames } from '../../ui/class-names.js';
import { ageOf } from './age.js';
import styles from './moderate.module.css';
import { cardId } from './use-selection.js';

interface QuestionCardProps {
  readonly question: Question;
  readonly isSelected: boolean;
  readonly offset: number;
  readonly onSelect: () => void;
  readonly menu: readonly MenuItem[];
  /** The buttons of the selected card. */
  readonly actions: ReactNode;
  readonly hasScore?: boolean;
  /** What only moderators see of it. */
  readonly aside?: ReactNode;
}

export function QuestionCard(props: QuestionCardProps) {
  const { question, isSelected, offset, onSelect, menu, actions, hasScore, aside } = props;
  const { t } = useTranslation('moderate');
  return (
    <li className={classNames(styles.card, isSelected && styles.selected)}>
      <article
        id={cardId(question.id)}
        tabIndex={isSelected ? 0 : -1}
        className={styles.body}
        aria-current={isSelected || undefined}
        onFocus={onSelect}
        onClick={onSelect}
        data-testid="moderated-question"
      >
        <p className={styles.text}>
          <UserText lang={question.language}>{question.text}</UserText>
        </p>
        <Facts question={question} offset={offset} />
        {question.reply && (
          <p className={styles.reply}>
            <b>{t('reply')}</b> <UserText>{question.reply.text}</UserText>
          </p>
        )}
      </article>
      <div className={styles.right}>
        {hasScore && (
          <b className={styles.score} aria-label={t('votes', { count: question.score })}>
            {question.score}
          </b>
        )}
        <Menu trigger={<IconButton icon="more" label={t('more')} variant="quiet" />} items={menu} />
      </div>
      {aside}
      {isSelected && <div className={styles.row}>{actions}</div>}
    </li>
  );
}

function Facts({ question, offset }: { readonly question: Question; readonly offset: number }) {
  const { t } = useTranslation('moderate');
  const age = ageOf(question.askedAt, useNow(10_000, offset));
  return (
    <p className={styles.facts}>
      {question.pinned && <Tag tone="brand">{t('tag.pinned')}</Tag>}
      {question.anonymous && <Tag>{t('tag.anonymous')}</Tag>}
      {question.edited && <Tag tone="warn">{t('tag.edited')}</Tag>}
      {question.state !== 'pending' && question.state !== 'approved' && <Tag>{t(`state.${question.state}`)}</Tag>}
      <span>
        <span>{neutraliseBidi(question.author?.name ?? t('guest'))}</span>
        {question.language && <span>{` · ${ownNameOf(question.language)}`}</span>}
        <span>{' · '}</span>
        <span className="numbers">{t(`age.${age.unit}`, { count: age.count })}</span>
      </span>
      {question.reason && <span>{t('because', { reason: question.reason })}</span>}
    </p>
  );
}
