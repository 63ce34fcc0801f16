import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Room } from '#libs/contract/programme';
import type { Publisher } from '#libs/contract/stream';
import { neutraliseBidi } from '#libs/contract/direction';
import { api } from '../../platform/api.js';
import styles from './moderate.module.css';

/** Who publishes in the room's stream now. */
export function StagePanel({ room }: { readonly room: Room }) {
  const { t } = useTranslation('moderate');
  const { data, isError } = useQuery({
    queryKey: ['publishers', room.id],
    queryFn: ({ signal }) => api<{ publishers: Publisher[] }>(`/api/rooms/${room.id}/publishers`, { signal }),
    refetchInterval: 5_000,
    retry: false,
  });
  const publishers = data?.publishers ?? [];
  return (
    <section className={styles.part} aria-labelledby="stage">
      <h3 id="stage">{t('stage.title')}</h3>
      {isError && <p className="muted">{t('stage.unknown')}</p>}
      {!isError && publishers.length === 0 && <p className="muted">{t('stage.nobody')}</p>}
      <ul className={styles.publishers}>
        {publishers.map(({ identity, name, sources }) => (
          <li key={identity}>
            <b>{neutraliseBidi(name ?? t('guest'))}</b>
            <span className="muted">
              {sources.length > 0
                ? sources.map((source) => t(`source.${source}`, { defaultValue: source })).join(', ')
                : t('stage.silent')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
