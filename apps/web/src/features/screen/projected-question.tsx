import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Question } from '#libs/contract/question';
import { neutraliseBidi } from '#libs/contract/direction';
import { UserText } from '../../ui/user-text.js';
import { Headline } from './headline.js';
import type { ProjectedProps } from './projected.js';
import styles from './projector.module.css';
import { useFit } from './use-fit.js';

const FIT = { max: 10.4, items: 0, maxColumns: 1 } as const;

interface ProjectedQuestionProps extends ProjectedProps {
  readonly question: Question;
}

export function ProjectedQuestion({ question, join, people, time, offset, isPicture }: ProjectedQuestionProps) {
  const { t } = useTranslation('present');
  const body = useRef<HTMLDivElement>(null);
  const { text, language, reply } = question;
  useFit(body, { ...FIT, content: JSON.stringify([text, reply]), offset });
  return (
    <>
      <p className={styles.head}>
        <b>{t('question')}</b>
        <span className={styles.facts}>
          {time}
          {people}
        </span>
      </p>
      <div ref={body} className={styles.body}>
        <Headline isPicture={isPicture} className={styles.text}>
          <UserText lang={language}>{text}</UserText>
        </Headline>
        {reply && (
          <p className={styles.reply}>
            <b>{reply.author ? t('reply-of', { name: neutraliseBidi(reply.author) }) : t('reply')}</b>{' '}
            <UserText>{reply.text}</UserText>
          </p>
        )}
      </div>
      <footer className={styles.foot}>
        <Support question={question} />
        {join}
      </footer>
    </>
  );
}

/** The votes of a question, and who asked it. */
function Support({ question: { score, author, anonymous } }: Pick<ProjectedQuestionProps, 'question'>) {
  const { t } = useTranslation('present');
  const name = author?.name;
  return (
    <div className={styles.aside}>
      <p>
        <b className="numbers">{t('votes', { count: score })}</b>
      </p>
      <p className={styles.quiet}>{name ? neutraliseBidi(name) : t(anonymous ? 'anonymous' : 'guest')}</p>
    </div>
  );
}
