import { type SessionKind } from '#libs/domain/programme-kinds';

/** One item of the demo's week, with its position in a week without a date. */
export interface DemoSession {
  /** 1 to 5. */
  readonly day: number;
  readonly room: string;
  /** HH:MM on the clocks of Brussels. */
  readonly start: string;
  readonly minutes: number;
  readonly guid: string;
  readonly slug: string;
  readonly kind: SessionKind;
  readonly language: string;
  readonly track: string;
  readonly title: string;
  readonly abstract?: string;
  readonly speakers?: readonly string[];
  readonly translations: Readonly<Record<string, { readonly title: string; readonly abstract?: string }>>;
}

/**
 * The five-day week that the hub is made for. Themes, kinds of sessions and members of the panels are those that the organisers of the
 * week of March 2021 announced; hours, rooms and groupings are invented.
 */
export const AI_WEEK = {
  slug: 'ai-week',
  timeZone: 'Europe/Brussels',
  languages: ['en', 'fr', 'nl', 'de'],
  title: 'Belgian AI Week',
  description:
    'Five days to discover, question and shape what artificial intelligence changes, in many cities and online.',
  translations: {
    fr: {
      title: 'Semaine belge de l’IA',
      description:
        'Cinq jours pour découvrir, interroger et façonner ce que change l’intelligence artificielle, dans de nombreuses villes et en ligne.',
    },
    nl: {
      title: 'Belgische AI-week',
      description:
        'Vijf dagen om te ontdekken, te bevragen en mee te bepalen wat artificiële intelligentie verandert, in veel steden en online.',
    },
    de: {
      title: 'Belgische KI-Woche',
      description:
        'Fünf Tage, um zu entdecken, zu hinterfragen und mitzugestalten, was künstliche Intelligenz verändert, in vielen Städten und online.',
    },
  },
} as const;

export const DEMO_ROOMS = [
  {
    guid: '410db301-72a3-5ee3-8aa8-eaec12d07d2f',
    name: 'Plenary',
    slug: 'plenary',
    type: 'stage',
    description: 'Brussels',
  },
  {
    guid: '0e7eb71b-2be5-5a75-870e-c319d59edcb7',
    name: 'Workshop North',
    slug: 'workshop-north',
    type: 'workshop',
    description: 'Ghent',
    capacity: 60,
  },
  {
    guid: '0821699f-a831-53b7-ba5b-706d975aea6e',
    name: 'Workshop South',
    slug: 'workshop-south',
    type: 'workshop',
    description: 'Namur',
    capacity: 60,
  },
  {
    guid: '11783629-ecc7-5672-a83b-9d6940298a14',
    name: 'Workshop Brussels',
    slug: 'workshop-brussels',
    type: 'workshop',
    description: 'Brussels',
    capacity: 60,
  },
  {
    guid: '18a5a8a8-7492-5464-9061-4fc17c0f78ef',
    name: 'Hub Antwerp',
    slug: 'hub-antwerp',
    type: 'other',
    description: 'Antwerp',
    capacity: 80,
  },
  {
    guid: '0e37d682-aa1c-579e-8950-b147c19e1d38',
    name: 'Hub Ghent',
    slug: 'hub-ghent',
    type: 'other',
    description: 'Ghent',
    capacity: 80,
  },
  {
    guid: 'fbd3f512-d768-5e7a-ad5f-a1a08ff77cf9',
    name: 'Hub Liège',
    slug: 'hub-liege',
    type: 'other',
    description: 'Liège',
    capacity: 80,
  },
  {
    guid: '2ce63ecd-ed26-5679-b039-c14491a06767',
    name: 'Hub Namur',
    slug: 'hub-namur',
    type: 'other',
    description: 'Namur',
    capacity: 80,
  },
  {
    guid: '82d7be47-f4c5-5490-8408-611cdb95ee62',
    name: 'Hub Brussels',
    slug: 'hub-brussels',
    type: 'other',
    description: 'Brussels',
    capacity: 120,
  },
] as const;

export const DEMO_SPEAKERS = [
  { guid: '3c9a1c99-dd0e-5071-adc0-0f7c1014017b', name: 'Pattie Maes', affiliation: 'MIT' },
  { guid: 'e65d5118-2761-5ffe-884e-e3d2eefdfcfc', name: 'Frank Dellaert', affiliation: 'Georgia Tech' },
  { guid: '34a118bc-5108-5fca-8bf4-cb1fd2ce990c', name: 'Luc Van Gool', affiliation: 'ETH Zurich and KU Leuven' },
  { guid: '27f461be-f799-5006-b0cb-8cf526c54ad9', name: 'Gregory Renard', affiliation: 'NASA' },
  { guid: 'd440c297-bdbf-58b8-8f44-066e2d9ddf79', name: 'Mieke De Ketelaere', affiliation: 'IMEC' },
  { guid: 'e771abe8-7f53-5961-81de-a3cf5bee8003', name: 'Sabine Demey', affiliation: 'IMEC' },
  {
    guid: '5855fbcc-b31f-59ed-b681-ceaa10c28d1a',
    name: 'Jean Ponce',
    affiliation: 'Institute of Artificial Intelligence in Paris',
  },
  { guid: '1511d846-e5ae-5aa2-a73c-317e7d3cc1c4', name: 'Laurence Devillers', affiliation: 'CNRS' },
  {
    guid: '8d03c4b7-7347-5aa9-a4b2-8b05418e6abd',
    name: 'François Taddéi',
    affiliation: 'Interdisciplinary Research Center in Paris',
  },
  { guid: '25c0aa4f-6da3-5ceb-9a9d-b6e1c1fc39bd', name: 'Amin Mantrach', affiliation: 'Amazon' },
  { guid: '528cef6c-1d20-513d-8917-aff99428f75b', name: 'Anouk Wipprecht' },
  { guid: '1e650db7-f446-529a-9687-6e5463223555', name: 'Lucilla Sioli', affiliation: 'European Commission' },
] as const;

export const DEMO_SESSIONS: readonly DemoSession[] = [
  {
    day: 1,
    room: 'Plenary',
    start: '09:30',
    minutes: 30,
    guid: '36dd7676-9cd6-5105-84ea-f8cb9cec8402',
    slug: 'opening',
    kind: 'plenary',
    language: 'en',
    track: 'Opening',
    title: 'Opening of the week',
    abstract:
      'Why every citizen, expert or not, is invited to discover what artificial intelligence changes in this country.',
    translations: {
      fr: {
        title: 'Ouverture de la semaine',
        abstract:
          'Pourquoi chaque citoyen, expert ou non, est invité à découvrir ce que l’intelligence artificielle change dans ce pays.',
      },
      nl: {
        title: 'Opening van de week',
        abstract:
          'Waarom elke burger, expert of niet, uitgenodigd is om te ontdekken wat artificiële intelligentie in dit land verandert.',
      },
      de: {
        title: 'Eröffnung der Woche',
        abstract:
          'Warum alle, ob vom Fach oder nicht, eingeladen sind zu entdecken, was künstliche Intelligenz in diesem Land verändert.',
      },
    },
  },
  {
    day: 1,
    room: 'Plenary',
    start: '10:00',
    minutes: 90,
    guid: '618ede58-33a5-5897-8cb2-5a25db105f6c',
    slug: 'international-panel',
    kind: 'panel',
    language: 'en',
    track: 'Opening',
    title: 'Panel of international experts',
    abstract: 'The latest trends in artificial intelligence, by members of the week’s international panel.',
    speakers: ['Pattie Maes', 'Frank Dellaert', 'Luc Van Gool', 'Gregory Renard'],
    translations: {
      fr: {
        title: 'Panel d’experts internationaux',
        abstract:
          'Les dernières tendances de l’intelligence artificielle, par les membres du panel international de la semaine.',
      },
      nl: {
        title: 'Panel van internationale experts',
        abstract:
          'De nieuwste ontwikkelingen in artificiële intelligentie, door de leden van het internationale panel van de week.',
      },
      de: {
        title: 'Podium internationaler Fachleute',
        abstract:
          'Die neuesten Entwicklungen der künstlichen Intelligenz, vorgestellt von den Mitgliedern des internationalen Podiums der Woche.',
      },
    },
  },
  {
    day: 1,
    room: 'Plenary',
    start: '13:00',
    minutes: 45,
    guid: '0913979e-0b73-5136-875d-48480eaf5ab7',
    slug: 'trust-and-ethics',
    kind: 'keynote',
    language: 'fr',
    track: 'Ethics',
    title: 'Keynote: trust, ethics and responsibility',
    abstract: 'How can artificial intelligence be deployed in an ethical and responsible manner?',
    translations: {
      fr: {
        title: 'Conférence : confiance, éthique et responsabilité',
        abstract: 'Comment déployer l’intelligence artificielle de manière éthique et responsable ?',
      },
      nl: {
        title: 'Keynote: vertrouwen, ethiek en verantwoordelijkheid',
        abstract: 'Hoe kan artificiële intelligentie op een ethische en verantwoorde manier worden ingezet?',
      },
      de: {
        title: 'Vortrag: Vertrauen, Ethik und Verantwortung',
        abstract: 'Wie lässt sich künstliche Intelligenz ethisch und verantwortungsvoll einsetzen?',
      },
    },
  },
  {
    day: 1,
    room: 'Workshop North',
    start: '14:00',
    minutes: 90,
    guid: 'f480ded2-6ee1-5d2c-8c0e-15d440b4426b',
    slug: 'ai-in-hospitals',
    kind: 'workshop',
    language: 'nl',
    track: 'Health',
    title: 'Thematic workshop: AI in hospitals',
    abstract: 'Concrete applications in everyday care, with the audience.',
    translations: {
      fr: {
        title: 'Atelier thématique : l’IA à l’hôpital',
        abstract: 'Des applications concrètes dans les soins de tous les jours, avec le public.',
      },
      nl: {
        title: 'Thematische workshop: AI in ziekenhuizen',
        abstract: 'Concrete toepassingen in de dagelijkse zorg, samen met het publiek.',
      },
      de: {
        title: 'Themenworkshop: KI im Krankenhaus',
        abstract: 'Konkrete Anwendungen in der täglichen Pflege, gemeinsam mit dem Publikum.',
      },
    },
  },
  {
    day: 1,
    room: 'Workshop South',
    start: '14:00',
    minutes: 90,
    guid: 'a1b0cba5-4975-59ed-9098-d0a2e9cd2fbc',
    slug: 'ai-and-mobility',
    kind: 'workshop',
    language: 'fr',
    track: 'Mobility',
    title: 'Thematic workshop: AI and mobility',
    abstract: 'Concrete applications in everyday mobility, with the audience.',
    translations: {
      fr: {
        title: 'Atelier thématique : IA et mobilité',
        abstract: 'Des applications concrètes dans la mobilité de tous les jours, avec le public.',
      },
      nl: {
        title: 'Thematische workshop: AI en mobiliteit',
        abstract: 'Concrete toepassingen in de dagelijkse mobiliteit, samen met het publiek.',
      },
      de: {
        title: 'Themenworkshop: KI und Mobilität',
        abstract: 'Konkrete Anwendungen in der täglichen Mobilität, gemeinsam mit dem Publikum.',
      },
    },
  },
  {
    day: 1,
    room: 'Hub Liège',
    start: '18:30',
    minutes: 120,
    guid: 'bfe06984-65e9-525f-ab1a-3dcd56a197de',
    slug: 'debate-employment',
    kind: 'debate',
    language: 'fr',
    track: 'Citizens',
    title: 'Citizens’ debate: employment',
    abstract:
      'What is the impact of artificial intelligence on employment? Propose concrete actions for the national plan.',
    translations: {
      fr: {
        title: 'Débat citoyen : l’emploi',
        abstract:
          'Quel est l’effet de l’intelligence artificielle sur l’emploi ? Proposez des actions concrètes pour le plan national.',
      },
      nl: {
        title: 'Burgerdebat: werkgelegenheid',
        abstract:
          'Wat betekent artificiële intelligentie voor de werkgelegenheid? Stel concrete acties voor het nationale plan voor.',
      },
      de: {
        title: 'Bürgerdebatte: Arbeit',
        abstract:
          'Wie wirkt sich künstliche Intelligenz auf die Arbeit aus? Schlagen Sie konkrete Maßnahmen für den nationalen Plan vor.',
      },
    },
  },
  {
    day: 1,
    room: 'Hub Ghent',
    start: '18:30',
    minutes: 120,
    guid: 'a37a14ff-3d26-5102-89e5-6c868dc1e3d1',
    slug: 'debate-education-ghent',
    kind: 'debate',
    language: 'nl',
    track: 'Citizens',
    title: 'Burgerdebat: onderwijs',
    abstract: 'Hoe verandert het onderwijs? Stel concrete acties voor het nationale plan voor.',
    translations: {
      en: {
        title: 'Citizens’ debate: education',
        abstract: 'How will education change? Propose concrete actions for the national plan.',
      },
      fr: {
        title: 'Débat citoyen : l’enseignement',
        abstract: 'Comment l’enseignement va-t-il changer ? Proposez des actions concrètes pour le plan national.',
      },
      de: {
        title: 'Bürgerdebatte: Bildung',
        abstract: 'Wie verändert sich die Bildung? Schlagen Sie konkrete Maßnahmen für den nationalen Plan vor.',
      },
    },
  },
  {
    day: 2,
    room: 'Plenary',
    start: '09:30',
    minutes: 45,
    guid: '26edff04-4940-5818-9625-2ee27acb58bb',
    slug: 'research-today',
    kind: 'keynote',
    language: 'en',
    track: 'Research',
    title: 'Keynote: research today',
    abstract: 'What about our researchers?',
    translations: {
      fr: {
        title: 'Conférence : la recherche aujourd’hui',
        abstract: 'Où en sont nos chercheuses et nos chercheurs ?',
      },
      nl: { title: 'Keynote: onderzoek vandaag', abstract: 'Hoe gaat het met onze onderzoekers?' },
      de: { title: 'Vortrag: Forschung heute', abstract: 'Wo stehen unsere Forscherinnen und Forscher?' },
    },
  },
  {
    day: 2,
    room: 'Plenary',
    start: '10:30',
    minutes: 60,
    guid: '8f39e316-adb6-5e4d-a143-c889923062aa',
    slug: 'lab-to-life',
    kind: 'panel',
    language: 'en',
    track: 'Research',
    title: 'Panel: from the laboratory to daily life',
    abstract: 'Surprising and concrete applications related to artificial intelligence.',
    speakers: ['Mieke De Ketelaere', 'Sabine Demey', 'Jean Ponce', 'Laurence Devillers'],
    translations: {
      fr: {
        title: 'Panel : du laboratoire à la vie quotidienne',
        abstract: 'Des applications surprenantes et concrètes de l’intelligence artificielle.',
      },
      nl: {
        title: 'Panel: van het labo naar het dagelijkse leven',
        abstract: 'Verrassende en concrete toepassingen van artificiële intelligentie.',
      },
      de: {
        title: 'Podium: vom Labor in den Alltag',
        abstract: 'Überraschende und konkrete Anwendungen der künstlichen Intelligenz.',
      },
    },
  },
  {
    day: 2,
    room: 'Plenary',
    start: '12:00',
    minutes: 45,
    guid: '4e51b5c8-afb6-5fd9-bd11-170380b476e5',
    slug: 'study-companies',
    kind: 'launch',
    language: 'en',
    track: 'Studies',
    title: 'Study: adoption of AI in companies',
    abstract: 'An unpublished report is presented, with questions from the audience.',
    translations: {
      fr: {
        title: 'Étude : l’adoption de l’IA en entreprise',
        abstract: 'Présentation d’un rapport inédit, avec les questions du public.',
      },
      nl: {
        title: 'Studie: AI in bedrijven',
        abstract: 'Voorstelling van een nog niet gepubliceerd rapport, met vragen van het publiek.',
      },
      de: {
        title: 'Studie: KI in Unternehmen',
        abstract: 'Ein unveröffentlichter Bericht wird vorgestellt, mit Fragen aus dem Publikum.',
      },
    },
  },
  {
    day: 2,
    room: 'Workshop Brussels',
    start: '14:00',
    minutes: 90,
    guid: 'ebe1e6a9-bfb9-5615-ab85-1cef41caac97',
    slug: 'start-ups-workshop',
    kind: 'workshop',
    language: 'fr',
    track: 'Start-ups',
    title: 'Participatory workshop: start-ups and scale-ups',
    abstract: 'How are the start-ups and scale-ups related to artificial intelligence evolving?',
    translations: {
      fr: {
        title: 'Atelier participatif : start-ups et scale-ups',
        abstract: 'Comment évoluent les start-ups et les scale-ups de l’intelligence artificielle ?',
      },
      nl: {
        title: 'Participatieve workshop: start-ups en scale-ups',
        abstract: 'Hoe evolueren start-ups en scale-ups in artificiële intelligentie?',
      },
      de: {
        title: 'Mitmach-Workshop: Start-ups und Scale-ups',
        abstract: 'Wie entwickeln sich Start-ups und Scale-ups der künstlichen Intelligenz?',
      },
    },
  },
  {
    day: 2,
    room: 'Workshop North',
    start: '14:00',
    minutes: 90,
    guid: '23e6d0e1-a720-566d-9773-f005e720aa67',
    slug: 'learning-with-ai',
    kind: 'workshop',
    language: 'nl',
    track: 'Education',
    title: 'Participatieve workshop: leren met AI',
    abstract: 'Samen ontwerpen: wat doet AI in de klas?',
    translations: {
      en: {
        title: 'Participatory workshop: learning with AI',
        abstract: 'Designing together: what does AI do in the classroom?',
      },
      fr: {
        title: 'Atelier participatif : apprendre avec l’IA',
        abstract: 'Concevoir ensemble : que fait l’IA en classe ?',
      },
      de: { title: 'Mitmach-Workshop: Lernen mit KI', abstract: 'Gemeinsam entwerfen: Was macht KI im Klassenzimmer?' },
    },
  },
  {
    day: 2,
    room: 'Hub Antwerp',
    start: '18:30',
    minutes: 120,
    guid: 'b0fbd9eb-b653-5256-94f6-9ec83883ae66',
    slug: 'debate-trust-antwerp',
    kind: 'debate',
    language: 'nl',
    track: 'Citizens',
    title: 'Burgerdebat: betrouwbare toepassingen',
    abstract: 'Hoe zorgen we ervoor dat toepassingen betrouwbaar zijn?',
    translations: {
      en: {
        title: 'Citizens’ debate: applications we can trust',
        abstract: 'How do we make sure that applications can be trusted?',
      },
      fr: {
        title: 'Débat citoyen : des applications fiables',
        abstract: 'Comment faire en sorte que les applications soient dignes de confiance ?',
      },
      de: {
        title: 'Bürgerdebatte: verlässliche Anwendungen',
        abstract: 'Wie sorgen wir dafür, dass Anwendungen vertrauenswürdig sind?',
      },
    },
  },
  {
    day: 2,
    room: 'Hub Namur',
    start: '18:30',
    minutes: 120,
    guid: 'b5328039-6428-575f-b053-c36da677b58f',
    slug: 'debate-education-namur',
    kind: 'debate',
    language: 'fr',
    track: 'Citizens',
    title: 'Débat citoyen : l’éducation',
    abstract: 'Comment l’enseignement va-t-il changer ? Proposez des actions concrètes.',
    translations: {
      en: { title: 'Citizens’ debate: education', abstract: 'How will education change? Propose concrete actions.' },
      nl: { title: 'Burgerdebat: onderwijs', abstract: 'Hoe verandert het onderwijs? Stel concrete acties voor.' },
      de: {
        title: 'Bürgerdebatte: Bildung',
        abstract: 'Wie verändert sich die Bildung? Schlagen Sie konkrete Maßnahmen vor.',
      },
    },
  },
  {
    day: 3,
    room: 'Plenary',
    start: '09:30',
    minutes: 120,
    guid: '4da731fa-e091-5068-8b29-c2e686998784',
    slug: 'anniversary',
    kind: 'plenary',
    language: 'en',
    track: 'AI4Belgium',
    title: 'Plenary: the second anniversary of AI4Belgium',
    abstract: 'The community looks back and ahead, with keynotes by ministers and secretaries of state.',
    speakers: ['Mieke De Ketelaere', 'Gregory Renard'],
    translations: {
      fr: {
        title: 'Plénière : le deuxième anniversaire d’AI4Belgium',
        abstract:
          'La communauté fait le bilan et regarde devant elle, avec des interventions de ministres et de secrétaires d’État.',
      },
      nl: {
        title: 'Plenaire sessie: de tweede verjaardag van AI4Belgium',
        abstract: 'De gemeenschap blikt terug en vooruit, met toespraken van ministers en staatssecretarissen.',
      },
      de: {
        title: 'Plenum: der zweite Geburtstag von AI4Belgium',
        abstract:
          'Die Gemeinschaft blickt zurück und nach vorn, mit Beiträgen von Ministerinnen, Ministern und Staatssekretären.',
      },
    },
  },
  {
    day: 3,
    room: 'Plenary',
    start: '12:00',
    minutes: 45,
    guid: 'b6e5e0d9-5b91-51d7-adfc-880e3b24836b',
    slug: 'study-hospitals',
    kind: 'launch',
    language: 'fr',
    track: 'Studies',
    title: 'Study: adoption of AI in hospitals',
    abstract: 'An unpublished report is presented, with questions from the audience.',
    translations: {
      fr: {
        title: 'Étude : l’adoption de l’IA à l’hôpital',
        abstract: 'Présentation d’un rapport inédit, avec les questions du public.',
      },
      nl: {
        title: 'Studie: AI in ziekenhuizen',
        abstract: 'Voorstelling van een nog niet gepubliceerd rapport, met vragen van het publiek.',
      },
      de: {
        title: 'Studie: KI in Krankenhäusern',
        abstract: 'Ein unveröffentlichter Bericht wird vorgestellt, mit Fragen aus dem Publikum.',
      },
    },
  },
  {
    day: 3,
    room: 'Plenary',
    start: '13:00',
    minutes: 45,
    guid: '9dc69641-af7d-56e0-b174-e025f607ff65',
    slug: 'new-books',
    kind: 'launch',
    language: 'nl',
    track: 'Books',
    title: 'New books on artificial intelligence',
    abstract: 'Authors announce their books and answer the audience.',
    translations: {
      fr: {
        title: 'Nouveaux livres sur l’intelligence artificielle',
        abstract: 'Des auteurs annoncent leurs livres et répondent au public.',
      },
      nl: {
        title: 'Nieuwe boeken over artificiële intelligentie',
        abstract: 'Auteurs kondigen hun boeken aan en antwoorden het publiek.',
      },
      de: {
        title: 'Neue Bücher über künstliche Intelligenz',
        abstract: 'Autorinnen und Autoren kündigen ihre Bücher an und antworten dem Publikum.',
      },
    },
  },
  {
    day: 3,
    room: 'Workshop South',
    start: '14:00',
    minutes: 90,
    guid: '2153d052-b23d-56b0-97de-2e6d35486b4d',
    slug: 'role-of-government',
    kind: 'workshop',
    language: 'fr',
    track: 'Government',
    title: 'Participatory workshop: what role for government?',
    abstract: 'What role should government play in the development of artificial intelligence?',
    translations: {
      fr: {
        title: 'Atelier participatif : quel rôle pour l’État ?',
        abstract:
          'Quel rôle les pouvoirs publics doivent-ils jouer dans le développement de l’intelligence artificielle ?',
      },
      nl: {
        title: 'Participatieve workshop: welke rol voor de overheid?',
        abstract: 'Welke rol moet de overheid spelen in de ontwikkeling van artificiële intelligentie?',
      },
      de: {
        title: 'Mitmach-Workshop: welche Rolle für den Staat?',
        abstract: 'Welche Rolle soll der Staat bei der Entwicklung der künstlichen Intelligenz spielen?',
      },
    },
  },
  {
    day: 3,
    room: 'Workshop Brussels',
    start: '14:00',
    minutes: 90,
    guid: 'baa2ac71-37ba-5c7c-8a7b-6715c128433b',
    slug: 'trustworthy-ai',
    kind: 'workshop',
    language: 'en',
    track: 'Ethics',
    title: 'Thematic workshop: trustworthy AI in practice',
    abstract: 'From principles to checklists, in small groups.',
    speakers: ['Laurence Devillers'],
    translations: {
      fr: {
        title: 'Atelier thématique : une IA de confiance en pratique',
        abstract: 'Des principes aux listes de contrôle, en petits groupes.',
      },
      nl: {
        title: 'Thematische workshop: betrouwbare AI in de praktijk',
        abstract: 'Van principes naar checklists, in kleine groepen.',
      },
      de: {
        title: 'Themenworkshop: vertrauenswürdige KI in der Praxis',
        abstract: 'Von Grundsätzen zu Checklisten, in kleinen Gruppen.',
      },
    },
  },
  {
    day: 3,
    room: 'Hub Brussels',
    start: '18:30',
    minutes: 120,
    guid: 'b340f5b1-3277-58a2-b3ed-397a85767dd9',
    slug: 'debate-society',
    kind: 'debate',
    language: 'fr',
    track: 'Citizens',
    title: 'Débat citoyen : l’IA dans notre société',
    abstract: 'Quelle place pour l’intelligence artificielle ? Les participants proposent des actions et des projets.',
    speakers: ['Sabine Demey'],
    translations: {
      en: {
        title: 'Citizens’ debate: AI in our society',
        abstract: 'What place for artificial intelligence? Participants propose actions and projects.',
      },
      nl: {
        title: 'Burgerdebat: AI in onze samenleving',
        abstract: 'Welke plaats krijgt artificiële intelligentie? Deelnemers stellen acties en projecten voor.',
      },
      de: {
        title: 'Bürgerdebatte: KI in unserer Gesellschaft',
        abstract: 'Welchen Platz bekommt künstliche Intelligenz? Die Teilnehmenden schlagen Aktionen und Projekte vor.',
      },
    },
  },
  {
    day: 4,
    room: 'Plenary',
    start: '09:30',
    minutes: 45,
    guid: '5ade1b46-e3a0-5ffd-ae6d-496b51e1c27c',
    slug: 'breaking-silos',
    kind: 'keynote',
    language: 'en',
    track: 'Ecosystem',
    title: 'Keynote: breaking silos',
    abstract: 'Public and private sector, academia and civil society, from the north to the south of the country.',
    translations: {
      fr: {
        title: 'Conférence : décloisonner',
        abstract: 'Secteurs public et privé, monde académique et société civile, du nord au sud du pays.',
      },
      nl: {
        title: 'Keynote: verkokering doorbreken',
        abstract: 'Overheid en bedrijven, universiteiten en middenveld, van het noorden tot het zuiden van het land.',
      },
      de: {
        title: 'Vortrag: Grenzen überwinden',
        abstract:
          'Öffentliche Hand und Wirtschaft, Wissenschaft und Zivilgesellschaft, vom Norden bis zum Süden des Landes.',
      },
    },
  },
  {
    day: 4,
    room: 'Plenary',
    start: '10:30',
    minutes: 60,
    guid: 'fb4f345a-0c66-58ad-8d32-58dc64c71532',
    slug: 'start-up-map',
    kind: 'launch',
    language: 'en',
    track: 'Start-ups',
    title: 'The map of AI start-ups and scale-ups',
    abstract: 'The map of Belgian start-ups and scale-ups specialising in artificial intelligence is unveiled.',
    translations: {
      fr: {
        title: 'La carte des start-ups et scale-ups de l’IA',
        abstract: 'La carte des start-ups et scale-ups belges de l’intelligence artificielle est dévoilée.',
      },
      nl: {
        title: 'De kaart van AI-start-ups en -scale-ups',
        abstract: 'De kaart van Belgische start-ups en scale-ups in artificiële intelligentie wordt onthuld.',
      },
      de: {
        title: 'Die Karte der KI-Start-ups und -Scale-ups',
        abstract: 'Die Karte der belgischen Start-ups und Scale-ups der künstlichen Intelligenz wird enthüllt.',
      },
    },
  },
  {
    day: 4,
    room: 'Plenary',
    start: '15:00',
    minutes: 60,
    guid: '292f91b6-0dc6-5a1e-92e4-813191978398',
    slug: 'learning-and-art',
    kind: 'panel',
    language: 'en',
    track: 'Education',
    title: 'Panel: learning and art',
    abstract: 'How will education and creation change?',
    speakers: ['François Taddéi', 'Amin Mantrach', 'Anouk Wipprecht'],
    translations: {
      fr: {
        title: 'Panel : apprentissage et art',
        abstract: 'Comment l’enseignement et la création vont-ils changer ?',
      },
      nl: { title: 'Panel: leren en kunst', abstract: 'Hoe veranderen onderwijs en creatie?' },
      de: { title: 'Podium: Lernen und Kunst', abstract: 'Wie verändern sich Bildung und künstlerisches Schaffen?' },
    },
  },
  {
    day: 4,
    room: 'Workshop North',
    start: '13:00',
    minutes: 90,
    guid: '304ac549-9b49-59da-9e60-f30d9677ae7d',
    slug: 'diagnosis',
    kind: 'workshop',
    language: 'nl',
    track: 'Health',
    title: 'Thematic workshop: diagnosis with AI',
    abstract: 'Concrete applications, with the audience.',
    translations: {
      fr: {
        title: 'Atelier thématique : le diagnostic avec l’IA',
        abstract: 'Des applications concrètes, avec le public.',
      },
      nl: { title: 'Thematische workshop: diagnose met AI', abstract: 'Concrete toepassingen, samen met het publiek.' },
      de: { title: 'Themenworkshop: Diagnose mit KI', abstract: 'Konkrete Anwendungen, gemeinsam mit dem Publikum.' },
    },
  },
  {
    day: 4,
    room: 'Workshop South',
    start: '13:00',
    minutes: 90,
    guid: 'a8ae249e-abe5-5418-bf15-2303d025b3ba',
    slug: 'jobs-that-change',
    kind: 'workshop',
    language: 'fr',
    track: 'Employment',
    title: 'Participatory workshop: jobs that change',
    abstract: 'Groups write down what must change, by whom, with what means.',
    translations: {
      fr: {
        title: 'Atelier participatif : ces métiers qui changent',
        abstract: 'Des groupes notent ce qui doit changer, par qui et avec quels moyens.',
      },
      nl: {
        title: 'Participatieve workshop: banen die veranderen',
        abstract: 'Groepen schrijven op wat er moet veranderen, door wie en met welke middelen.',
      },
      de: {
        title: 'Mitmach-Workshop: Berufe im Wandel',
        abstract: 'Gruppen halten fest, was sich ändern muss, durch wen und mit welchen Mitteln.',
      },
    },
  },
  {
    day: 4,
    room: 'Hub Liège',
    start: '18:30',
    minutes: 120,
    guid: '3edad1a0-ac45-5c3b-85d1-4dcfb06bbe8e',
    slug: 'debate-health',
    kind: 'debate',
    language: 'fr',
    track: 'Citizens',
    title: 'Débat citoyen : santé et vie privée',
    abstract: 'Les participants proposent des actions et des projets.',
    translations: {
      en: { title: 'Citizens’ debate: health and privacy', abstract: 'The participants propose actions and projects.' },
      nl: { title: 'Burgerdebat: gezondheid en privacy', abstract: 'De deelnemers stellen acties en projecten voor.' },
      de: {
        title: 'Bürgerdebatte: Gesundheit und Privatsphäre',
        abstract: 'Die Teilnehmenden schlagen Maßnahmen und Projekte vor.',
      },
    },
  },
  {
    day: 4,
    room: 'Hub Ghent',
    start: '18:30',
    minutes: 120,
    guid: 'b2f0a226-d325-5641-babf-7362eae8f954',
    slug: 'debate-mobility',
    kind: 'debate',
    language: 'nl',
    track: 'Citizens',
    title: 'Burgerdebat: mobiliteit',
    abstract: 'De deelnemers stellen acties en projecten voor.',
    translations: {
      en: { title: 'Citizens’ debate: mobility', abstract: 'The participants propose actions and projects.' },
      fr: { title: 'Débat citoyen : la mobilité', abstract: 'Les participants proposent des actions et des projets.' },
      de: { title: 'Bürgerdebatte: Mobilität', abstract: 'Die Teilnehmenden schlagen Maßnahmen und Projekte vor.' },
    },
  },
  {
    day: 5,
    room: 'Plenary',
    start: '09:30',
    minutes: 30,
    guid: '16e3754a-dec5-5585-8634-8595fce15691',
    slug: 'european-opening',
    kind: 'plenary',
    language: 'en',
    track: 'European AI Day',
    title: 'Opening of the European AI Day',
    abstract: 'Other European countries and hubs join.',
    translations: {
      fr: {
        title: 'Ouverture de la Journée européenne de l’IA',
        abstract: 'D’autres pays européens et leurs hubs se joignent à nous.',
      },
      nl: { title: 'Opening van de Europese AI-dag', abstract: 'Andere Europese landen en hubs sluiten aan.' },
      de: { title: 'Eröffnung des Europäischen KI-Tages', abstract: 'Andere europäische Länder und Hubs kommen dazu.' },
    },
  },
  {
    day: 5,
    room: 'Plenary',
    start: '10:00',
    minutes: 45,
    guid: '7fd07bc2-317e-5005-9f08-10bac89c55c5',
    slug: 'trust-in-europe',
    kind: 'keynote',
    language: 'en',
    track: 'European AI Day',
    title: 'Keynote: trustworthy AI in Europe',
    abstract: 'Which role for Europe in promoting trustworthy artificial intelligence?',
    speakers: ['Lucilla Sioli'],
    translations: {
      fr: {
        title: 'Conférence : une IA de confiance en Europe',
        abstract: 'Quel rôle pour l’Europe dans la promotion d’une intelligence artificielle digne de confiance ?',
      },
      nl: {
        title: 'Keynote: betrouwbare AI in Europa',
        abstract: 'Welke rol speelt Europa bij het bevorderen van betrouwbare artificiële intelligentie?',
      },
      de: {
        title: 'Vortrag: vertrauenswürdige KI in Europa',
        abstract: 'Welche Rolle spielt Europa bei der Förderung vertrauenswürdiger künstlicher Intelligenz?',
      },
    },
  },
  {
    day: 5,
    room: 'Plenary',
    start: '11:00',
    minutes: 90,
    guid: '2f021c71-d7cd-5e22-b2e3-d3f4ecfd66fa',
    slug: 'national-hubs',
    kind: 'panel',
    language: 'en',
    track: 'European AI Day',
    title: 'Panel: national hubs and networks',
    abstract: 'Representatives of national and international hubs and networks.',
    translations: {
      fr: {
        title: 'Panel : pôles et réseaux nationaux',
        abstract: 'Des représentants de hubs et de réseaux nationaux et internationaux.',
      },
      nl: {
        title: 'Panel: nationale hubs en netwerken',
        abstract: 'Vertegenwoordigers van nationale en internationale hubs en netwerken.',
      },
      de: {
        title: 'Podium: nationale Zentren und Netzwerke',
        abstract: 'Vertreterinnen und Vertreter nationaler und internationaler Hubs und Netzwerke.',
      },
    },
  },
  {
    day: 5,
    room: 'Plenary',
    start: '14:00',
    minutes: 60,
    guid: 'bcac4b67-fda0-5729-a9cf-1b5ff5100f29',
    slug: 'citizens-propose',
    kind: 'plenary',
    language: 'en',
    track: 'Citizens',
    title: 'What the citizens propose',
    abstract: 'The proposals of the debates are presented and voted on.',
    translations: {
      fr: {
        title: 'Ce que proposent les citoyens',
        abstract: 'Les propositions des débats sont présentées et mises aux voix.',
      },
      nl: {
        title: 'Wat de burgers voorstellen',
        abstract: 'De voorstellen uit de debatten worden voorgesteld en in stemming gebracht.',
      },
      de: {
        title: 'Was die Bürgerinnen und Bürger vorschlagen',
        abstract: 'Die Vorschläge der Debatten werden vorgestellt und zur Abstimmung gebracht.',
      },
    },
  },
  {
    day: 5,
    room: 'Plenary',
    start: '15:30',
    minutes: 30,
    guid: '8e3e700f-c523-59b8-8f41-aaf30303e53c',
    slug: 'closing',
    kind: 'plenary',
    language: 'en',
    track: 'Closing',
    title: 'Closing of the week',
    translations: {
      fr: { title: 'Clôture de la semaine' },
      nl: { title: 'Slot van de week' },
      de: { title: 'Abschluss der Woche' },
    },
  },
];
