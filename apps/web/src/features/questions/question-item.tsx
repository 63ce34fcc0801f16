import type { Question } from '#libs/contract/question';
import { neutraliseBidi } from '#libs/contract/direction';
import { Component, createRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Format } from '../../i18n/format.js';
import { ownNameOf } from '../../i18n/languages.js';
import { classNames } from '../../ui/class-names.js';
import { Tag } from '../../ui/tag.js';
import { UserText } from '../../ui/user-text.js';
import styles from './question-item.module.css';

interface QuestionSlotProps {
  readonly id: string;
  /** The question has left the list; its space keeps its height. */
  readonly isGone?: boolean;
  readonly isLive?: boolean;
  readonly children: ReactNode;
}

/** One entry of a list of questions. */
export class QuestionSlot extends Component<QuestionSlotProps> {
  readonly #item = createRef<HTMLLIElement>();

  /** Its height while the question still stands in it. Measured only now: in every change, the list would be laid out for each question. */
  override getSnapshotBeforeUpdate({ isGone: wasGone = false }: QuestionSlotProps): number | null {
    return this.props.isGone && !wasGone ? (this.#item.current?.offsetHeight ?? null) : null;
  }

  override componentDidUpdate(_before: QuestionSlotProps, _state: unknown, height: number | null): void {
    const item = this.#item.current;
    if (item && height !== null) item.style.minBlockSize = `${height}px`;
    if (item && !this.props.isGone && item.style.minBlockSize) item.style.minBlockSize = '';
  }

  override render() {
    const { id, isGone = false, isLive = false, children } = this.props;
    return (
      <li
        ref={this.#item}
        className={classNames(styles.question, isGone && styles.gone, isLive && styles.live)}
        data-question={isGone ? undefined : id}
        data-steady
        tabIndex={-1}
      >
        {children}
      </li>
    );
  }
}

interface QuestionContentProps {
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

/** One question in a list, as the audience sees it. */
export function QuestionItem(props: QuestionContentProps) {
  return (
    <QuestionSlot id={props.question.id}>
      <QuestionContent {...props} />
    </QuestionSlot>
  );
}

/** The replacement of a removed question. */
export function QuestionContent({ question, format, isOwn = false, tags, side, children }: QuestionContentProps) {
  const { t, i18n } = useTranslation('questions');
  const { text, pinned, language, askedAt, reply } = question;
  const isForeign = language && language.split('-')[0] !== i18n.language;
  return (
    <>
      <div className={styles.words}>
        {question.state === 'live' && <p className={styles.now}>{t('state.live')}</p>}
        <p className={styles.text}>
          <UserText lang={language}>{text}</UserText>
        </p>
        <div className={styles.tags}>
          {tags}
          {pinned && <Tag tone="brand">{t('pinned')}</Tag>}
          {isForeign && <Tag lang={language}>{ownNameOf(language)}</Tag>}
          <span className={styles.by}>
            <span>{isOwn ? t('yours') : <AuthorName question={question} />}</span> <span>·</span>{' '}
            <span>{format.time(askedAt)}</span>
            {question.edited && <span>{` · ${t('edited')}`}</span>}
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
    </>
  );
}

/** The author: their name, "Guest" without one, or that they asked anonymously. */
export function AuthorName({
  question: { author, anonymous },
}: {
  readonly question: Pick<Question, 'author' | 'anonymous'>;
}) {
  const { t } = useTranslation('questions');
  if (anonymous || !author) return t('author.anonymous');
  return author.name ? <UserText>{author.name}</UserText> : t('author.guest');
}
