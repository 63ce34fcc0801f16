import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Room, Session } from '#libs/contract/programme';
import { LivePicture } from './live-picture.js';
import { NotStarted, Over, SignedOut } from './stream-notice.js';
import styles from './stream-player.module.css';
import { StreamPoster } from './stream-poster.js';
import { availabilityOf } from './stream-state.js';
import { useListening } from './use-listening.js';
import { useStream } from './use-stream.js';

export interface StreamPlayerProps {
  readonly session: Session;
  readonly room: Room;
  /** The viewer; null: nobody is signed in, undefined: that is being requested. */
  readonly actorId: string | null | undefined;
  /** Requests a sign-in. */
  readonly onSignIn: () => void;
  readonly viewers?: number | undefined;
  readonly timeZone?: string | undefined;
  /** How far the server's clock is ahead of this one, in milliseconds. */
  readonly serverOffset?: number;
  /** The overlay in full screen, where the rest of the page is not visible. */
  readonly overlay?: ReactNode;
}

/** The stream of a session: a poster with words until it is live. Its size never changes, so nothing below it moves. */
export function StreamPlayer(props: StreamPlayerProps) {
  const { session, room, actorId, onSignIn } = props;
  const { t } = useTranslation('stream');
  const stage = availabilityOf(session);
  return (
    <section className={styles.player} aria-label={t('label')} data-stage={stage}>
      <StreamPoster room={room} />
      {stage === 'not-started' && (
        <NotStarted session={session} timeZone={props.timeZone} serverOffset={props.serverOffset ?? 0} />
      )}
      {(stage === 'ended' || stage === 'cancelled') && <Over availability={stage} />}
      {stage === 'open' && actorId === null && <SignedOut onSignIn={onSignIn} />}
      {stage === 'open' && actorId !== null && <OpenStream {...props} actorId={actorId ?? null} />}
    </section>
  );
}

/** An open stream, over all its connections. */
function OpenStream({ room, actorId, viewers, overlay }: StreamPlayerProps & { readonly actorId: string | null }) {
  const listening = useListening();
  const { isAudioOnly, quality } = listening.choices;
  const stream = useStream({ roomId: room.id, actorId, isAudioOnly, quality });
  return <LivePicture room={room} stream={stream} listening={listening} viewers={viewers} overlay={overlay} />;
}
