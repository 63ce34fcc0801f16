import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Poll } from '#libs/contract/poll';
import type { Session } from '#libs/contract/programme';
import type { Screen } from '#libs/contract/screen';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import styles from './moderate.module.css';
import { PollCard } from './poll-card.js';
import { PollForm } from './poll-form.js';
import type { Moderation } from './use-moderation.js';

interface PollDeskProps {
  readonly session: Session;
  readonly polls: readonly Poll[];
  readonly screen: Screen;
  readonly offset: number;
  readonly moderation: Moderation;
}

const ORDER: Readonly<Record<Poll['state'], number>> = { open: 0, draft: 1, closed: 2, archived: 3 };

/** The polls of a session: the open one first, then the drafts, then what was asked before. */
export function PollDesk({ session, polls, screen, offset, moderation }: PollDeskProps) {
  const { t } = useTranslation('moderate');
  const [edited, setEdited] = useState<Poll | 'new' | null>(null);
  const shown = polls
    .filter(({ state }) => state !== 'archived')
    .sort((a, b) => ORDER[a.state] - ORDER[b.state] || (b.closedAt ?? '').localeCompare(a.closedAt ?? ''));
  return (
    <section className={styles.part} aria-labelledby="polls">
      <header className={styles.partHead}>
        <h3 id="polls">{t('polls.title')}</h3>
        <Button size="small" onClick={() => setEdited('new')}>
          {t('polls.new')}
        </Button>
      </header>
      {shown.length === 0 && <p className="muted">{t('polls.empty')}</p>}
      <ul className={styles.polls}>
        {shown.map((poll) => (
          <PollCard
            key={poll.id}
            poll={poll}
            screen={screen}
            offset={offset}
            moderation={moderation}
            onEdit={() => setEdited(poll)}
          />
        ))}
      </ul>
      <Dialog
        title={t(edited === 'new' ? 'polls.new' : 'polls.edit')}
        isOpen={edited !== null}
        onClose={() => setEdited(null)}
      >
        <PollForm
          sessionId={session.id}
          poll={edited === 'new' ? null : edited}
          moderation={moderation}
          onDone={() => setEdited(null)}
        />
      </Dialog>
    </section>
  );
}
