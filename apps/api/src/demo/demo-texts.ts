import { type RoomEntity } from '../programme/room.entity.js';

/** Names and cities of the demo's rooms, by their English name. */
export const DEMO_ROOM_TEXTS: Readonly<Record<string, RoomEntity['translations']>> = {
  Plenary: {
    fr: { name: 'Plénière', city: 'Bruxelles' },
    nl: { name: 'Plenaire zaal', city: 'Brussel' },
    de: { name: 'Plenum', city: 'Brüssel' },
  },
  'Workshop North': {
    fr: { name: 'Atelier Nord', city: 'Gand' },
    nl: { name: 'Workshop Noord', city: 'Gent' },
    de: { name: 'Workshop Nord', city: 'Gent' },
  },
  'Workshop South': {
    fr: { name: 'Atelier Sud', city: 'Namur' },
    nl: { name: 'Workshop Zuid', city: 'Namen' },
    de: { name: 'Workshop Süd', city: 'Namur' },
  },
  'Workshop Brussels': {
    fr: { name: 'Atelier Bruxelles', city: 'Bruxelles' },
    nl: { name: 'Workshop Brussel', city: 'Brussel' },
    de: { name: 'Workshop Brüssel', city: 'Brüssel' },
  },
  'Hub Antwerp': {
    fr: { name: 'Hub Anvers', city: 'Anvers' },
    nl: { name: 'Hub Antwerpen', city: 'Antwerpen' },
    de: { name: 'Hub Antwerpen', city: 'Antwerpen' },
  },
  'Hub Ghent': {
    fr: { name: 'Hub Gand', city: 'Gand' },
    nl: { name: 'Hub Gent', city: 'Gent' },
    de: { name: 'Hub Gent', city: 'Gent' },
  },
  'Hub Liège': {
    fr: { name: 'Hub Liège', city: 'Liège' },
    nl: { name: 'Hub Luik', city: 'Luik' },
    de: { name: 'Hub Lüttich', city: 'Lüttich' },
  },
  'Hub Namur': {
    fr: { name: 'Hub Namur', city: 'Namur' },
    nl: { name: 'Hub Namen', city: 'Namen' },
    de: { name: 'Hub Namur', city: 'Namur' },
  },
  'Hub Brussels': {
    fr: { name: 'Hub Bruxelles', city: 'Bruxelles' },
    nl: { name: 'Hub Brussel', city: 'Brussel' },
    de: { name: 'Hub Brüssel', city: 'Brüssel' },
  },
};

/** The demo's tracks, by their English name. */
export const DEMO_TRACK_TEXTS: Readonly<Record<string, Readonly<Record<'fr' | 'nl' | 'de', string>>>> = {
  AI4Belgium: { fr: 'AI4Belgium', nl: 'AI4Belgium', de: 'AI4Belgium' },
  Books: { fr: 'Livres', nl: 'Boeken', de: 'Bücher' },
  Citizens: { fr: 'Citoyens', nl: 'Burgers', de: 'Bürgerinnen und Bürger' },
  Closing: { fr: 'Clôture', nl: 'Afsluiting', de: 'Abschluss' },
  Ecosystem: { fr: 'Écosystème', nl: 'Ecosysteem', de: 'Ökosystem' },
  Education: { fr: 'Enseignement', nl: 'Onderwijs', de: 'Bildung' },
  Employment: { fr: 'Emploi', nl: 'Werkgelegenheid', de: 'Arbeit' },
  Ethics: { fr: 'Éthique', nl: 'Ethiek', de: 'Ethik' },
  'European AI Day': { fr: 'Journée européenne de l’IA', nl: 'Europese AI-dag', de: 'Europäischer KI-Tag' },
  Government: { fr: 'Pouvoirs publics', nl: 'Overheid', de: 'Staat' },
  Health: { fr: 'Santé', nl: 'Gezondheid', de: 'Gesundheit' },
  Mobility: { fr: 'Mobilité', nl: 'Mobiliteit', de: 'Mobilität' },
  Opening: { fr: 'Ouverture', nl: 'Opening', de: 'Eröffnung' },
  Research: { fr: 'Recherche', nl: 'Onderzoek', de: 'Forschung' },
  'Start-ups': { fr: 'Start-ups', nl: 'Start-ups', de: 'Start-ups' },
  Studies: { fr: 'Études', nl: 'Studies', de: 'Studien' },
};
