import type { RoomKind } from '#libs/domain/programme-kinds';

/** A track that can be shown or heard in an element of the page. */
export interface Attachable {
  attach(element: HTMLMediaElement): unknown;
  detach(element: HTMLMediaElement): unknown;
}

/** A person who is on air, with the tracks that they send now. */
export interface OnAir {
  readonly identity: string;
  /** They are the person of this page. */
  readonly isOwn: boolean;
  readonly name: string;
  readonly isSpeaking: boolean;
  readonly camera: Attachable | null;
  readonly screen: Attachable | null;
}

/** One picture in the player; without a track it shows the name of a person who is only heard. */
export interface Picture {
  readonly key: string;
  readonly name: string;
  readonly source: 'camera' | 'screen';
  readonly isSpeaking: boolean;
  readonly track: Attachable | null;
}

/** stage: one large picture, the others small beside it. grid: everybody alike. */
export type StreamLayout =
  | { readonly kind: 'empty' }
  | { readonly kind: 'stage'; readonly main: Picture; readonly aside: readonly Picture[] }
  | { readonly kind: 'grid'; readonly pictures: readonly Picture[]; readonly hidden: number };

/** More than this is too small to recognise anybody. */
const ASIDE = 3;
const GRID = 9;

/**
 * What to show: a shared screen large with its speakers beside it, everybody in the same size in a workshop, otherwise the active
 * speaker. `lead` is the last speaker: they stay large in a pause.
 */
export function chooseLayout(kind: RoomKind, people: readonly OnAir[], lead: string | null): StreamLayout {
  const [first] = people;
  if (!first) return { kind: 'empty' };
  const leader = people.find(({ identity }) => identity === lead) ?? first;
  const sharing = leader.screen ? leader : people.find(({ screen }) => screen);
  const others = people.filter((person) => person !== leader);
  if (sharing)
    return { kind: 'stage', main: screenOf(sharing), aside: [leader, ...others].slice(0, ASIDE).map(cameraOf) };
  if (kind === 'workshop' && people.length > 1) return grid(people, leader);
  return { kind: 'stage', main: cameraOf(leader), aside: others.slice(0, ASIDE).map(cameraOf) };
}

/** The view of a person on stage: the others in the same size, or the screen that one of them shares; themselves only while they are alone. */
export function chooseStageLayout(_kind: RoomKind, people: readonly OnAir[], lead: string | null): StreamLayout {
  const others = people.filter(({ isOwn }) => !isOwn);
  return chooseLayout('workshop', others.length > 0 ? others : people, lead);
}

/** The lead: the active speaker, else the previous lead, as long as they are on air. */
export function nextLead(people: readonly OnAir[], before: string | null): string | null {
  const isHere = people.some(({ identity }) => identity === before);
  const speaking = people.filter(({ isSpeaking }) => isSpeaking);
  if (isHere && speaking.some(({ identity }) => identity === before)) return before;
  return speaking[0]?.identity ?? (isHere ? before : (people[0]?.identity ?? null));
}

/** Positions do not change; only an active speaker who is not visible takes the last one. */
function grid(people: readonly OnAir[], leader: OnAir): StreamLayout {
  const shown = people.slice(0, GRID);
  if (!shown.includes(leader)) shown[GRID - 1] = leader;
  return { kind: 'grid', pictures: shown.map(cameraOf), hidden: people.length - shown.length };
}

function cameraOf({ identity, name, isSpeaking, camera }: OnAir): Picture {
  return { key: `${identity}/camera`, name, source: 'camera', isSpeaking, track: camera };
}

function screenOf({ identity, name, screen }: OnAir): Picture {
  return { key: `${identity}/screen`, name, source: 'screen', isSpeaking: false, track: screen };
}
