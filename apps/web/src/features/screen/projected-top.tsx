import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Question } from '#libs/contract/question';
import { useFormat } from '../../i18n/use-format.js';
import { UserText } from '../../ui/user-text.js';
import { Headline } from './headline.js';
import { PageMark } from './page-mark.js';
import type { ProjectedProps } from './projected.js';
import styles from './projector.module.css';
import { useFit } from './use-fit.js';

const FIT = { max: 5, maxColumns: 1 } as const;

/** The questions that most people support, for a hall that votes. */
export function ProjectedTop({
  questions,
  join,
  people,
  time,
  offset,
  isPicture,
}: ProjectedProps & { readonly questions: readonly Question[] }) {
  const { t } = useTranslation('present');
  const body = useRef<HTMLDivElement>(null);
  const content = JSON.stringify(questions.map(({ text }) => text));
  const paging = useFit(body, { ...FIT, items: questions.length, content, offset });
  return (
    <>
      <div className={styles.head}>
        <Headline isPicture={isPicture} className={styles.kicker}>
          <b>{t('top')}</b>
        </Headline>
        <span>{t(questions.length > 0 ? 'top-how' : 'top-empty')}</span>
        <span className={styles.facts}>
          <PageMark {...paging} />
          {time}
          {people}
        </span>
      </div>
      <div ref={body} className={styles.body}>
        <ol className={styles.ranking}>
          {questions.map((question) => (
            <Ranked key={question.id} question={question} />
          ))}
        </ol>
      </div>
      <footer className={styles.foot}>
        <p className={styles.aside}>{t('waiting')}</p>
        {join}
      </footer>
    </>
  );
}

function Ranked({ question: { text, language, score } }: { readonly question: Question }) {
  const { t } = useTranslation('present');
  const format = useFormat();
  return (
    <li className={styles.ranked} data-item>
      <div>
        <b>{format.number(score)}</b> <small>{t('votes-word', { count: score })}</small>
      </div>
      <p>
        <UserText lang={language}>{text}</UserText>
      </p>
    </li>
  );
}
