import { useLayoutEffect, useRef, useState } from 'react';
import { Projector, type ProjectorProps } from './projector.js';
import styles from './projector.module.css';

/** The width at which the preview is laid out before it is scaled, so that its lines break as on the projector. */
const WIDTH = 1280;

/** A small live preview of the projector; `label` describes its content. */
export function ProjectorPicture({ label, ...props }: Omit<ProjectorProps, 'isPicture'> & { readonly label: string }) {
  const box = useRef<HTMLDivElement>(null);
  const [scale, setScale] = useState(0.25);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setScale(element.clientWidth / WIDTH));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={box} className={styles.picture} role="img" aria-label={label}>
      <div className={styles.scaled} style={{ transform: `scale(${scale})` }} aria-hidden="true">
        <Projector {...props} isPicture />
      </div>
    </div>
  );
}
