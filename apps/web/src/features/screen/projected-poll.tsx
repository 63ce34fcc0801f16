import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Poll } from '#libs/contract/poll';
import { useFormat } from '../../i18n/use-format.js';
import { UserText } from '../../ui/user-text.js';
import { localisePoll } from '../polls/localise-poll.js';
import { Headline } from './headline.js';
import { PageMark } from './page-mark.js';
import { PollFacts } from './poll-facts.js';
import type { ProjectedProps } from './projected.js';
import styles from './projector.module.css';
import { useFit } from './use-fit.js';

interface ProjectedPollProps extends ProjectedProps {
  readonly kind: 'poll' | 'result';
  readonly poll: Poll;
}

const FIT = { max: 5, maxColumns: 3 } as const;

export function ProjectedPoll({ kind, poll: original, join, people, time, offset, isPicture }: ProjectedPollProps) {
  const { t, i18n } = useTranslation('present');
  const poll = localisePoll(original, i18n.language);
  const body = useRef<HTMLDivElement>(null);
  const texts = [poll.question, poll.options.map(({ text }) => text), poll.tally !== undefined];
  const items = poll.options.length;
  const paging = useFit(body, { ...FIT, items, content: JSON.stringify(texts), offset });
  return (
    <>
      <p className={styles.head}>
        <b>{t(kind)}</b>
        {poll.state === 'open' && <span>{t(`how.${poll.type}`, { count: poll.max ?? items })}</span>}
        <span className={styles.facts}>
          <PageMark {...paging} />
          {time}
          {people}
        </span>
      </p>
      <div ref={body} className={styles.body}>
        <Headline isPicture={isPicture} className={styles.pollQuestion}>
          <UserText>{poll.question}</UserText>
        </Headline>
        <Options poll={poll} />
      </div>
      <footer className={styles.foot}>
        <PollFacts poll={poll} offset={offset} />
        {join}
      </footer>
    </>
  );
}

/** Bars are shares of the ballots; in a multiple choice they may add up to more than everything. */
function Options({ poll }: { readonly poll: Poll }) {
  const counts = new Map(poll.tally?.counts);
  const ballots = poll.tally?.ballots ?? 0;
  return (
    <ol className={styles.options}>
      {poll.options.map(({ id, text }, index) => (
        <li key={id} className={styles.option} data-item>
          <span className={styles.number} aria-hidden="true">
            {poll.type !== 'rating' && index + 1}
          </span>
          <span className={styles.answer}>
            <UserText>{text}</UserText>
          </span>
          {poll.tally && <Share share={ballots > 0 ? (counts.get(id) ?? 0) / ballots : 0} />}
        </li>
      ))}
    </ol>
  );
}

function Share({ share }: { readonly share: number }) {
  const format = useFormat();
  return (
    <span className={styles.share}>
      <span className={styles.track}>
        <i style={{ inlineSize: `${share * 100}%` }} />
      </span>
      <b>{format.percent(share)}</b>
    </span>
  );
}
