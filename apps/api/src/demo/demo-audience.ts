import { type PollTranslations } from '#libs/contract/poll';
import { type QuestionState } from '#libs/domain/question-states';

export interface DemoQuestion {
  readonly text: string;
  readonly language: string;
  readonly state: Extract<QuestionState, 'pending' | 'approved' | 'live' | 'answered'>;
  /** Supporters, including the author. */
  readonly votes: number;
  readonly pinned?: boolean;
  readonly anonymous?: boolean;
  readonly reply?: string;
}

/** People who ask, support and answer; as many as the most supported question needs. */
export const DEMO_PEOPLE = [
  'Amina', 'Bart', 'Chloé', 'Dries', 'Elif', 'François', 'Greta', 'Hugo', 'Ines', 'Jonas', 'Karim', 'Lotte', 'Marie', 'Noah', 'Olivia',
  'Pieter', 'Quentin', 'Rania', 'Sven', 'Thérèse', 'Umut', 'Valérie', 'Wout', 'Xavier', 'Yasmine', 'Zoë',
] as const; // prettier-ignore

export const DEMO_QUESTIONS: readonly DemoQuestion[] = [
  {
    text: 'Who is responsible when an algorithm in a hospital gets it wrong: the doctor, the hospital or the maker?',
    language: 'en',
    state: 'live',
    votes: 26,
  },
  {
    text: 'Hoe zorgen we dat kleine bedrijven niet achterblijven, nu de grote al jaren investeren?',
    language: 'nl',
    state: 'approved',
    votes: 21,
    pinned: true,
  },
  { text: 'Comment former les enseignants avant de former les élèves ?', language: 'fr', state: 'approved', votes: 19 },
  {
    text: 'Will the national plan say which decisions a machine may never take alone?',
    language: 'en',
    state: 'approved',
    votes: 14,
  },
  {
    text: 'Wer prüft, ob eine Anwendung der Behörden alle Menschen gleich behandelt?',
    language: 'de',
    state: 'approved',
    votes: 11,
  },
  {
    text: 'Mes données de santé peuvent-elles servir à la recherche sans que je le sache ?',
    language: 'fr',
    state: 'approved',
    votes: 9,
    anonymous: true,
  },
  { text: 'Kan iedereen nagaan waarom een aanvraag is geweigerd?', language: 'nl', state: 'approved', votes: 6 },
  {
    text: 'How much energy does all of this use, and who publishes the numbers?',
    language: 'en',
    state: 'approved',
    votes: 4,
  },
  {
    text: 'What has the community achieved in its first two years?',
    language: 'en',
    state: 'answered',
    votes: 17,
    reply: 'The report is linked on the website of the community; the short answer was given on stage.',
  },
  {
    text: 'Est-ce que l’enregistrement sera disponible avec des sous-titres ?',
    language: 'fr',
    state: 'pending',
    votes: 1,
  },
  { text: 'Komen er ook debatten in kleinere gemeenten?', language: 'nl', state: 'pending', votes: 1 },
  {
    text: 'I lost my job to a machine last year. What do you say to me?',
    language: 'en',
    state: 'pending',
    votes: 1,
    anonymous: true,
  },
];

export interface DemoPoll {
  readonly question: string;
  readonly type: 'single' | 'multiple' | 'rating';
  readonly state: 'draft' | 'open' | 'closed';
  readonly results: 'live' | 'after_vote' | 'on_close' | 'manual';
  readonly changeable: boolean;
  readonly min?: number;
  readonly max?: number;
  /** Each option with its ballots. The options of a rating are its steps. */
  readonly options: readonly (readonly [text: string, ballots: number])[];
  readonly translations: PollTranslations;
}

export const DEMO_POLLS: readonly DemoPoll[] = [
  {
    question: 'Where should public money for AI go first?',
    type: 'single',
    state: 'open',
    results: 'live',
    changeable: true,
    options: [
      ['Health care', 9],
      ['Schools and training', 7],
      ['Climate and energy', 4],
      ['Small companies', 2],
    ],
    translations: {
      fr: {
        question: 'Où l’argent public pour l’IA doit-il aller en premier ?',
        options: ['Soins de santé', 'Écoles et formation', 'Climat et énergie', 'Petites entreprises'],
      },
      nl: {
        question: 'Waar moet het overheidsgeld voor AI eerst naartoe?',
        options: ['Gezondheidszorg', 'Scholen en opleiding', 'Klimaat en energie', 'Kleine bedrijven'],
      },
      de: {
        question: 'Wohin soll öffentliches Geld für KI zuerst fließen?',
        options: ['Gesundheit', 'Schulen und Weiterbildung', 'Klima und Energie', 'Kleine Unternehmen'],
      },
    },
  },
  {
    question: 'How well do you understand what AI changes in your own work? (1: not at all, 5: very well)',
    type: 'rating',
    state: 'closed',
    results: 'on_close',
    changeable: false,
    min: 1,
    max: 5,
    options: [
      ['1', 2],
      ['2', 5],
      ['3', 9],
      ['4', 6],
      ['5', 3],
    ],
    translations: {
      fr: {
        question: 'Comprenez-vous ce que l’IA change dans votre propre travail ? (1 : pas du tout, 5 : très bien)',
      },
      nl: { question: 'Hoe goed begrijpt u wat AI in uw eigen werk verandert? (1: helemaal niet, 5: heel goed)' },
      de: {
        question: 'Wie gut verstehen Sie, was KI an Ihrer eigenen Arbeit verändert? (1: gar nicht, 5: sehr gut)',
      },
    },
  },
  {
    question: 'Which of these would you join?',
    type: 'multiple',
    state: 'draft',
    results: 'after_vote',
    changeable: true,
    min: 1,
    max: 3,
    options: [
      ['A debate in my town', 0],
      ['An online course', 0],
      ['A workshop at work', 0],
      ['A panel of citizens', 0],
    ],
    translations: {
      fr: {
        question: 'Auxquelles de ces activités participeriez-vous ?',
        options: ['Un débat dans ma commune', 'Un cours en ligne', 'Un atelier au travail', 'Un panel citoyen'],
      },
      nl: {
        question: 'Waaraan zou u meedoen?',
        options: ['Een debat in mijn gemeente', 'Een onlinecursus', 'Een workshop op het werk', 'Een burgerpanel'],
      },
      de: {
        question: 'Woran würden Sie teilnehmen?',
        options: ['Eine Debatte in meinem Ort', 'Ein Onlinekurs', 'Ein Workshop bei der Arbeit', 'Ein Bürgerrat'],
      },
    },
  },
];
