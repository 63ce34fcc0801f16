import { useTranslation } from 'react-i18next';
import type { Session } from '#libs/contract/programme';
import { classNames } from '../../ui/class-names.js';
import { JoinAddress } from './join-address.js';
import { ProjectedPoll } from './projected-poll.js';
import { ProjectedQuestion } from './projected-question.js';
import { ProjectedTitle } from './projected-title.js';
import { ProjectedTop } from './projected-top.js';
import type { Projection } from './projection.js';
import styles from './projector.module.css';
import { ProjectedTimeLeft } from './projected-time-left.js';

export interface ProjectorProps {
  readonly projection: Projection;
  readonly session: Session;
  readonly eventTitle: string;
  /** The session's page, used where the short address is unknown. */
  readonly address: string;
  readonly viewers: number;
  /** How far the server's clock is ahead, in milliseconds. */
  readonly offset: number;
  /** Whether this is a preview on another page, whose headings are not that page's. */
  readonly isPicture?: boolean;
}

/** The projector's view: one item at a time, in the largest text that fits. Its sizes are relative to its own box. */
export function Projector(props: ProjectorProps) {
  const { projection } = props;
  return (
    <div className={styles.projector} data-testid="projector" data-shows={projection.kind}>
      {projection.kind !== 'nothing' && (
        <div className={classNames(styles.frame, projection.kind === 'title' && styles.large)}>
          <Projected {...props} />
        </div>
      )}
    </div>
  );
}

function Projected({ projection, session, eventTitle, address, viewers, offset, isPicture = false }: ProjectorProps) {
  const { t } = useTranslation('present');
  const join = <JoinAddress session={session} address={address} />;
  const people = viewers > 0 && <span>{t('people', { count: viewers })}</span>;
  const time = <ProjectedTimeLeft session={session} offset={offset} />;
  const shared = { join, people, time, offset, isPicture };
  switch (projection.kind) {
    case 'question':
      return <ProjectedQuestion key={projection.question.id} question={projection.question} {...shared} />;
    case 'poll':
    case 'result':
      return <ProjectedPoll key={projection.poll.id} kind={projection.kind} poll={projection.poll} {...shared} />;
    case 'top':
      return <ProjectedTop questions={projection.questions} {...shared} />;
    case 'title':
      return <ProjectedTitle session={session} eventTitle={eventTitle} {...shared} />;
    case 'nothing':
      return null;
  }
}
