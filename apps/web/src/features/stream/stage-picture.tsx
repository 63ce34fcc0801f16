import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Room, Session } from '#libs/contract/programme';
import { neutraliseBidi } from '#libs/contract/direction';
import { useFormat } from '../../i18n/use-format.js';
import { Button } from '../../ui/button.js';
import { LivePicture } from './live-picture.js';
import { chooseLayout, chooseStageLayout, type OnAir } from './stream-layout.js';
import styles from './stage-picture.module.css';
import { NotStarted, Over } from './stream-notice.js';
import playerStyles from './stream-player.module.css';
import { StreamPoster } from './stream-poster.js';
import { availabilityOf } from './stream-state.js';
import { useListening } from './use-listening.js';
import { useStream } from './use-stream.js';

interface StagePictureProps {
  readonly session: Session;
  readonly room: Room;
  readonly actorId: string | null;
  /** The person of this page is on air: then others on air are shown and heard also before the session begins. */
  readonly isOnAir: boolean;
  readonly viewers?: number | undefined;
  readonly timeZone?: string | undefined;
  readonly serverOffset: number;
}

/** The player of a person on stage: the others on air, never themselves; or, on request, what the audience sees. */
export function StagePicture({ session, room, actorId, isOnAir, viewers, ...times }: StagePictureProps) {
  const { t } = useTranslation('stream');
  const availability = availabilityOf(session);
  const isOpen = availability === 'open' || isOnAir;
  const [isProgramme, setIsProgramme] = useState(false);
  const listening = useListening();
  const { isAudioOnly, quality } = listening.choices;
  const stream = useStream({ roomId: room.id, actorId: isOpen ? actorId : null, isAudioOnly, quality });
  const others = stream.view.people.filter(({ isOwn }) => !isOwn);
  const choose = isProgramme ? chooseLayout : chooseStageLayout;
  return (
    <section aria-labelledby="together" className={styles.together}>
      <header className={styles.head}>
        <h2 id="together" className={styles.title}>
          {t(isOnAir ? 'together.title' : 'together.before')}
        </h2>
        <Viewers count={viewers} />
        <Button size="small" aria-pressed={isProgramme} onClick={() => setIsProgramme(!isProgramme)}>
          {t('together.programme')}
        </Button>
      </header>
      <div className={playerStyles.player} data-stage={availability}>
        <StreamPoster room={room} />
        {isOpen && (
          <LivePicture
            room={room}
            stream={stream}
            listening={listening}
            layoutOf={(people, lead) => choose(room.kind, people, lead)}
          />
        )}
        {!isOpen && availability === 'not-started' && <NotStarted session={session} {...times} />}
        {!isOpen && (availability === 'ended' || availability === 'cancelled') && <Over availability={availability} />}
      </div>
      {isOnAir && <Heard others={others} />}
    </section>
  );
}

function Viewers({ count = 0 }: { readonly count?: number | undefined }) {
  const { t } = useTranslation('stream');
  return count > 0 && <p className={styles.viewers}>{t('live.viewers', { count })}</p>;
}

/** Explains whose sound is played, and that the own voice is not. */
function Heard({ others }: { readonly others: readonly OnAir[] }) {
  const { t } = useTranslation('stream');
  const format = useFormat();
  const names = others.map(({ name }) => neutraliseBidi(name || t('somebody')));
  return (
    <p className={styles.heard} data-testid="heard">
      <span>{names.length > 0 ? t('together.hear', { names: format.list(names) }) : t('together.alone')}</span>
    </p>
  );
}
