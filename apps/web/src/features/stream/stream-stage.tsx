import { useTranslation } from 'react-i18next';
import { classNames } from '../../ui/class-names.js';
import type { StreamLayout } from './stream-layout.js';
import { StreamPicture } from './stream-picture.js';
import styles from './stream-stage.module.css';

/** The layout of the pictures. */
export function StreamStage({ layout }: { readonly layout: StreamLayout }) {
  const { t } = useTranslation('stream');
  switch (layout.kind) {
    case 'empty':
      return null;
    case 'stage':
      return (
        <div className={classNames(styles.stage, layout.aside.length > 0 && styles.shared)}>
          <StreamPicture key={layout.main.key} picture={layout.main} />
          {layout.aside.length > 0 && (
            <div className={styles.aside}>
              {layout.aside.map((picture) => (
                <StreamPicture key={picture.key} picture={picture} isSmall />
              ))}
            </div>
          )}
        </div>
      );
    case 'grid':
      return (
        <div className={classNames(styles.grid, styles[`of${columnsOf(layout.pictures.length)}`])}>
          {layout.pictures.map((picture) => (
            <StreamPicture key={picture.key} picture={picture} isSmall={layout.pictures.length > 4} />
          ))}
          {layout.hidden > 0 && <p className={styles.hidden}>{t('more-people', { count: layout.hidden })}</p>}
        </div>
      );
  }
}

/** 16:9 pictures in a 16:9 player: as many columns as rows. */
function columnsOf(pictures: number): number {
  return Math.ceil(Math.sqrt(pictures));
}
