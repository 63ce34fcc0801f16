import { useTranslation } from 'react-i18next';
import type { Event, Session } from '#libs/contract/programme';
import type { Screen } from '#libs/contract/screen';
import { localise } from '../../i18n/localise.js';
import { asAudience, project } from '../../features/screen/projection.js';
import { ProjectorPicture } from '../../features/screen/projector-picture.js';
import { useShows } from '../../features/screen/use-shows.js';
import type { LiveSession } from '../../features/session/use-session.js';
import styles from './moderate.module.css';
import { SCREEN_KINDS, screenChoices } from './screen-choices.js';

interface ScreenPanelProps {
  readonly event: Event;
  readonly session: Session;
  readonly live: LiveSession;
  readonly screen: Screen;
  readonly onShow: (screen: Screen) => Promise<void>;
}

/** The projector, small, and the choice of what it shows. */
export function ScreenPanel({ event, session, live, screen, onShow }: ScreenPanelProps) {
  const { i18n } = useTranslation('moderate');
  const projection = project(session, asAudience(live));
  const shows = useShows();
  return (
    <>
      <div className={styles.picture}>
        <ProjectorPicture
          label={shows(projection)}
          projection={projection}
          session={session}
          eventTitle={localise(event, i18n.language).title}
          address={`${location.origin}/${event.slug}/s/${session.slug}`}
          viewers={live.viewers}
          offset={live.serverOffset}
        />
      </div>
      <ScreenChoice live={live} screen={screen} onShow={onShow} />
    </>
  );
}

function ScreenChoice({ live, screen, onShow }: Pick<ScreenPanelProps, 'live' | 'screen' | 'onShow'>) {
  const { t } = useTranslation('moderate');
  const choices = screenChoices(screen, live);
  return (
    <div className={styles.choose} role="group" aria-label={t('screen.show')}>
      {SCREEN_KINDS.map((kind) => {
        const choice = choices[kind];
        return (
          <button
            key={kind}
            type="button"
            aria-pressed={screen.kind === kind}
            aria-disabled={choice === null || undefined}
            title={
              choice === null && (kind === 'question' || kind === 'poll' || kind === 'result')
                ? t(`screen.none.${kind}`)
                : undefined
            }
            onClick={() => void (choice && onShow(choice))}
          >
            {t(`screen.kind.${kind}`)}
          </button>
        );
      })}
    </div>
  );
}
