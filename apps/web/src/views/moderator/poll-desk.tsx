import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Poll } from '#libs/contract/poll';
import type { Session } from '#libs/contract/programme';
import type { Screen } from '#libs/contract/screen';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import styles from './moderate.module.css';
import { DeskPollCard } from './desk-poll-card.js';
import { PollForm } from './poll-form.js';
import type { Moderation } from './use-moderation.js';

interface PollDeskProps {
  readonly session: Session;
  readonly polls: readonly Poll[];
  readonly screen: Screen;
  readonly offset: number;
  readonly moderation: Moderation;
  /** Of the event. */
  readonly languages: readonly string[];
}

/** A new poll, or one that exists. */
interface Edited {
  readonly poll: Poll | null;
  readonly copyOf: Poll | null;
}

const ORDER: Readonly<Record<Poll['state'], number>> = { open: 0, draft: 1, closed: 2, archived: 3 };

/** The open one first, then the drafts, then what was asked before. */
const inDeskOrder = (polls: readonly Poll[]): Poll[] =>
  polls
    .filter(({ state }) => state !== 'archived')
    .sort((a, b) => ORDER[a.state] - ORDER[b.state] || (b.closedAt ?? '').localeCompare(a.closedAt ?? ''));

/** The polls of a session, and the form that writes one. */
export function PollDesk({ session, polls, screen, offset, moderation, languages }: PollDeskProps) {
  const { t } = useTranslation('moderate');
  const [edited, setEdited] = useState<Edited | null>(null);
  const shown = inDeskOrder(polls);
  return (
    <section className={styles.part} aria-labelledby="polls">
      <header className={styles.partHead}>
        <h3 id="polls">{t('polls.title')}</h3>
        <Button size="small" onClick={() => setEdited({ poll: null, copyOf: null })}>
          {t('polls.new')}
        </Button>
      </header>
      {shown.length === 0 && <p className="muted">{t('polls.empty')}</p>}
      <ul className={styles.polls}>
        {shown.map((poll) => (
          <DeskPollCard
            key={poll.id}
            poll={poll}
            screen={screen}
            offset={offset}
            moderation={moderation}
            onEdit={() => setEdited({ poll, copyOf: null })}
            onCopy={() => setEdited({ poll: null, copyOf: poll })}
          />
        ))}
      </ul>
      <EditedPoll {...{ session, languages, moderation, edited }} onDone={() => setEdited(null)} />
    </section>
  );
}

interface EditedPollProps extends Pick<PollDeskProps, 'session' | 'languages' | 'moderation'> {
  readonly edited: Edited | null;
  readonly onDone: () => void;
}

function EditedPoll({ session, languages, moderation, edited, onDone }: EditedPollProps) {
  const { t } = useTranslation('moderate');
  return (
    <Dialog title={t(edited?.poll ? 'polls.edit' : 'polls.new')} isOpen={edited !== null} onClose={onDone}>
      {edited && (
        <PollForm
          sessionId={session.id}
          {...edited}
          languages={{ own: session.language, offered: languages }}
          moderation={moderation}
          onDone={onDone}
        />
      )}
    </Dialog>
  );
}
