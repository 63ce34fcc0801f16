import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '../../ui/class-names.js';
import { UserText } from '../../ui/user-text.js';
import type { Attachable, Picture } from './stream-layout.js';
import styles from './stream-picture.module.css';

/** One camera or screen; a person without a picture is shown by their name. */
export function StreamPicture({ picture, isSmall = false }: { readonly picture: Picture; readonly isSmall?: boolean }) {
  const { t } = useTranslation('stream');
  const { name, source, track, isSpeaking } = picture;
  const shownName = name || t('somebody');
  return (
    <figure className={classNames(styles.picture, isSpeaking && styles.speaking)}>
      {track ? (
        <StreamVideo track={track} isScreen={source === 'screen'} label={t(`picture.${source}`, { name: shownName })} />
      ) : (
        <span className={classNames(styles.initial, isSmall && styles.small)} aria-hidden="true">
          {[...shownName][0]?.toLocaleUpperCase()}
        </span>
      )}
      <figcaption className={styles.name}>
        <UserText>{shownName}</UserText>
      </figcaption>
    </figure>
  );
}

interface StreamVideoProps {
  readonly track: Attachable;
  readonly isScreen?: boolean;
  readonly isMirrored?: boolean;
  readonly label: string;
}

/** Always muted, because sound has separate elements: so the picture may autoplay in every browser. */
export function StreamVideo({ track, isScreen = false, isMirrored = false, label }: StreamVideoProps) {
  const element = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const video = element.current;
    if (!video) return;
    track.attach(video);
    return () => void track.detach(video);
  }, [track]);
  return (
    <video
      ref={element}
      className={classNames(styles.video, isScreen && styles.screen, isMirrored && styles.mirrored)}
      data-testid="stream-video"
      aria-label={label}
      autoPlay
      playsInline
      muted
    />
  );
}
