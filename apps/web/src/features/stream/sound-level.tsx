import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './sound-level.module.css';

const RENEW_MS = 100;
/** Speech at a usual distance fills about two thirds of the bar. */
const GAIN = 4;

/** The level of the microphone, as a meter. */
export function SoundLevel({ track }: { readonly track: MediaStreamTrack }) {
  const { t } = useTranslation('stream');
  const bar = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      const loudness = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
      bar.current?.style.setProperty('inline-size', `${Math.min(100, Math.round(loudness * GAIN * 100))}%`);
    }, RENEW_MS);
    return () => {
      clearInterval(timer);
      void context.close();
    };
  }, [track]);
  return (
    <div className={styles.level}>
      <span className={styles.words}>{t('publish.level')}</span>
      <span className={styles.track} aria-hidden="true">
        <span ref={bar} className={styles.bar} />
      </span>
    </div>
  );
}
