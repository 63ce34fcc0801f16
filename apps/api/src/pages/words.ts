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
}

/** The few words of the pages that are read before any script ran; the web app has its own catalogues. */
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
  },
};
