import { useTranslation } from 'react-i18next';
import type { Restricted } from '#libs/contract/desk';
import type { Question } from '#libs/contract/question';
import { neutraliseBidi } from '#libs/contract/direction';
import { useFormat } from '../../i18n/use-format.js';
import { Button } from '../../ui/button.js';
import { Tag } from '../../ui/tag.js';
import { UserText } from '../../ui/user-text.js';
import type { ShownNote } from './notes.js';
import styles from './question-aside.module.css';
import type { Measures } from './use-measures.js';

interface QuestionAsideProps {
  readonly question: Question;
  readonly notes: readonly ShownNote[];
  readonly measures: Measures;
}

/** What only moderators see of a question: their notes, and that its author is muted or banned, with the way back. */
export function QuestionAside({ question, notes, measures }: QuestionAsideProps) {
  const marks = measures.on(question);
  if (notes.length === 0 && marks.length === 0) return null;
  return (
    <div className={styles.aside}>
      {marks.map((mark) => (
        <Mark
          key={mark.kind}
          mark={mark}
          {...(measures.canRestrict && { onTakeBack: () => measures.takeBack(question, mark) })}
        />
      ))}
      {notes.map((note) => (
        <Note key={note.id} note={note} />
      ))}
    </div>
  );
}

function Mark({ mark, onTakeBack }: { readonly mark: Restricted; readonly onTakeBack?: () => void }) {
  const { t } = useTranslation('moderate');
  const when = useWhen()(mark.since);
  return (
    <div className={styles.mark} data-testid={`mark-${mark.kind}`}>
      <p>
        <Tag tone="warn">{t(`mark.${mark.kind}`)}</Tag>{' '}
        <span>{mark.by === null ? t('mark.since', { when }) : t('mark.since-by', { when, name: mark.by })}</span>{' '}
        {mark.reason !== undefined && (
          <>
            <span>·</span> <span>{t('because', { reason: mark.reason })}</span>
          </>
        )}
      </p>
      {onTakeBack && (
        <Button size="small" onClick={onTakeBack}>
          {t(`act.un${mark.kind}`)}
        </Button>
      )}
    </div>
  );
}

function Note({ note: { text, author, at, isMerged } }: { readonly note: ShownNote }) {
  const { t } = useTranslation('moderate');
  const when = useWhen()(at);
  return (
    <div className={styles.note} data-testid="question-note">
      <p className={styles.label}>
        <b>{t(isMerged ? 'note.of-merged' : 'note.title')}</b>{' '}
        <span>{neutraliseBidi(author ?? t('colleagues.unnamed'))}</span> <span>·</span>{' '}
        <span className="numbers">{when}</span>
      </p>
      <p>
        <UserText>{text}</UserText>
      </p>
    </div>
  );
}

/** The time of today, with the day where it was another one. */
function useWhen(): (at: string) => string {
  const format = useFormat();
  const today = format.shortDay(new Date().toISOString());
  return (at) => (format.shortDay(at) === today ? format.time(at) : `${format.shortDay(at)}, ${format.time(at)}`);
}
