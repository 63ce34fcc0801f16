import { useTranslation } from 'react-i18next';
import { type ZoneChoice, zoneChoice } from '../../platform/preferences.js';
import { viewerTimeZone, zoneName } from '../../i18n/format.js';
import { Select } from '../../ui/select.js';
import { useStore } from '../../ui/use-store.js';

/** The time zone of the displayed times. Only a text where the viewer's zone is the event's. */
export function ZoneSelect({ eventTimeZone }: { readonly eventTimeZone: string }) {
  const { t, i18n } = useTranslation('programme');
  const choice = useStore(zoneChoice) ?? 'event';
  const viewer = viewerTimeZone();
  if (viewer === eventTimeZone)
    return <span className="muted">{t('zone.event', { zone: zoneName(eventTimeZone, i18n.language) })}</span>;
  return (
    <Select<ZoneChoice>
      label={t('zone.label')}
      isLabelHidden
      value={choice}
      onChange={(next) => zoneChoice.set(next)}
      options={[
        { value: 'event', label: t('zone.event', { zone: zoneName(eventTimeZone, i18n.language) }) },
        { value: 'viewer', label: t('zone.viewer', { zone: zoneName(viewer, i18n.language) }) },
      ]}
    />
  );
}
