import { useTranslation } from 'react-i18next';
import { zoneChoice } from '../platform/preferences.js';
import { useStore } from '../ui/use-store.js';
import { createFormat, type Format } from './format.js';

/** Dates and numbers in the language of the page, in the event's time zone or the viewer's own as chosen. */
export function useFormat(eventTimeZone?: string): Format {
  const { i18n } = useTranslation();
  const choice = useStore(zoneChoice);
  return createFormat(i18n.language, choice === 'viewer' ? undefined : eventTimeZone || undefined);
}
