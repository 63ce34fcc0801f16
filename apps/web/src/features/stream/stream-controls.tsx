import type { ButtonHTMLAttributes } from 'react';
import { useTranslation } from 'react-i18next';
import { VisuallyHidden } from '../../ui/visually-hidden.js';
import type { StreamQuality } from './stream-connection.js';
import styles from './stream-controls.module.css';
import { StreamIcon, type StreamIconName } from './stream-icon.js';
import type { ListeningChoices } from './use-listening.js';

const QUALITIES: readonly StreamQuality[] = ['auto', 'high', 'low'];

interface StreamControlsProps {
  readonly choices: ListeningChoices;
  readonly onChoose: (change: Partial<ListeningChoices>) => void;
  readonly isFull: boolean;
  /** Null where the browser has no full screen. */
  readonly onFullScreen: (() => void) | null;
}

/** Sound, picture and size of the player. */
export function StreamControls({ choices, onChoose, isFull, onFullScreen }: StreamControlsProps) {
  const { t } = useTranslation('stream');
  const { volume, isAudioOnly, quality } = choices;
  const isMuted = volume === 0;
  return (
    <div className={styles.bar} role="group" aria-label={t('controls')}>
      <ControlButton
        icon={isMuted ? 'silence' : 'sound'}
        label={t(isMuted ? 'sound.on' : 'sound.off')}
        onClick={() => onChoose({ volume: isMuted ? 1 : 0 })}
      />
      <input
        type="range"
        className={styles.volume}
        aria-label={t('sound.volume')}
        min={0}
        max={1}
        step={0.05}
        value={volume}
        onChange={(event) => onChoose({ volume: event.target.valueAsNumber })}
      />
      <span className={styles.space} />
      <ControlButton
        icon="headphones"
        label={t('audio-only')}
        aria-pressed={isAudioOnly}
        onClick={() => onChoose({ isAudioOnly: !isAudioOnly })}
      />
      <QualitySelect quality={quality} onChange={(to) => onChoose({ quality: to })} />
      {onFullScreen && (
        <ControlButton
          icon={isFull ? 'shrink' : 'expand'}
          label={t(isFull ? 'full-screen.leave' : 'full-screen.enter')}
          onClick={onFullScreen}
        />
      )}
    </div>
  );
}

interface QualitySelectProps {
  readonly quality: StreamQuality;
  readonly onChange: (quality: StreamQuality | undefined) => void;
}

function QualitySelect({ quality, onChange }: QualitySelectProps) {
  const { t } = useTranslation('stream');
  return (
    <label className={styles.control}>
      <StreamIcon name="quality" />
      <VisuallyHidden>{t('quality.label')}</VisuallyHidden>
      <select
        className={styles.select}
        value={quality}
        onChange={(event) => onChange(QUALITIES.find((known) => known === event.target.value))}
      >
        {QUALITIES.map((known) => (
          <option key={known} value={known}>
            {t(`quality.${known}`)}
          </option>
        ))}
      </select>
    </label>
  );
}

interface ControlButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly icon: StreamIconName;
  readonly label: string;
}

/** In a narrow player the texts are visually hidden, not removed. */
function ControlButton({ icon, label, ...rest }: ControlButtonProps) {
  return (
    <button type="button" className={styles.control} title={label} {...rest}>
      <StreamIcon name={icon} />
      <span className={styles.word}>{label}</span>
    </button>
  );
}
