import { type InterfaceLanguage } from '#libs/contract/text';

interface Words {
  readonly events: string;
  readonly programme: string;
  readonly live: string;
  readonly cancelled: string;
  readonly ended: string;
  readonly with: string;
  readonly times: string;
  readonly calendar: string;
  readonly hub: string;
  readonly crowded: string;
  readonly again: (seconds: number) => string;
}

/** The few texts of the pages that are read before any script ran; the web app has its own catalogues. */
export const WORDS: Readonly<Record<InterfaceLanguage, Words>> = {
  en: {
    events: 'Events',
    programme: 'Programme',
    live: 'Live',
    cancelled: 'Cancelled',
    ended: 'Ended',
    with: 'With',
    times: 'All times:',
    calendar: 'Add to calendar',
    hub: 'Follow the event live, ask your questions and take part in the polls.',
    crowded: 'Very many people on your network are opening pages at the same time.',
    again: (seconds) => `This page loads by itself in ${seconds} seconds.`,
  },
  fr: {
    events: 'Événements',
    programme: 'Programme',
    live: 'En direct',
    cancelled: 'Annulé',
    ended: 'Terminé',
    with: 'Avec',
    times: 'Heures indiquées :',
    calendar: 'Ajouter à l’agenda',
    hub: 'Suivez l’événement en direct, posez vos questions et participez aux sondages.',
    crowded: 'Un très grand nombre de personnes ouvrent des pages en même temps sur votre réseau.',
    again: (seconds) => `Cette page se chargera d’elle-même dans ${seconds} secondes.`,
  },
  nl: {
    events: 'Evenementen',
    programme: 'Programma',
    live: 'Live',
    cancelled: 'Geannuleerd',
    ended: 'Afgelopen',
    with: 'Met',
    times: 'Alle tijden:',
    calendar: 'Zet in agenda',
    hub: 'Volg het evenement live, stel uw vragen en doe mee met de peilingen.',
    crowded: 'Heel veel mensen op uw netwerk openen tegelijk pagina’s.',
    again: (seconds) => `Deze pagina wordt over ${seconds} seconden vanzelf geladen.`,
  },
  de: {
    events: 'Veranstaltungen',
    programme: 'Programm',
    live: 'Live',
    cancelled: 'Abgesagt',
    ended: 'Beendet',
    with: 'Mit',
    times: 'Alle Zeiten:',
    calendar: 'In den Kalender',
    hub: 'Verfolgen Sie die Veranstaltung live, stellen Sie Fragen und nehmen Sie an Umfragen teil.',
    crowded: 'Sehr viele Menschen in Ihrem Netz rufen gerade gleichzeitig Seiten auf.',
    again: (seconds) => `Diese Seite wird in ${seconds} Sekunden von selbst geladen.`,
  },
};
