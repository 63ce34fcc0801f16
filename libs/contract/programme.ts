import { z } from 'zod';
import { ACCESS_MODES, GUESTS_MODES } from '#libs/domain/event-modes';
import { ROOM_KINDS, SESSION_KINDS } from '#libs/domain/programme-kinds';
import { PROGRAMME_LENGTHS as LENGTHS, SLOW_MODE_AT_MOST } from '#libs/domain/programme-limits';
import { QA_STATES, SESSION_STATES } from '#libs/domain/session-states';
import { isTimeZone } from './intl.js';
import { screen } from './screen.js';
import { id, instant, instantWithOffset, languageTag, plainText, slug, translated } from './text.js';

const roomKind = z.enum(ROOM_KINDS);
const sessionKind = z.enum(SESSION_KINDS);
const sessionState = z.enum(SESSION_STATES);
const qaState = z.enum(QA_STATES);
const accessMode = z.enum(ACCESS_MODES);
const guestsMode = z.enum(GUESTS_MODES);

const title = plainText(LENGTHS.title);
const longText = plainText(LENGTHS.longText);
const eventTexts = { title, description: longText };
const roomTexts = { name: plainText(LENGTHS.roomName), city: plainText(LENGTHS.city) };
const sessionTexts = { title, abstract: longText, track: plainText(LENGTHS.track) };

export const room = z
  .object({
    id,
    slug,
    name: z.string(),
    kind: roomKind,
    city: z.string().optional(),
    capacity: z.number().int().optional(),
    translations: translated({ name: z.string(), city: z.string() }).optional(),
    onAir: z.boolean(),
  })
  .meta({ id: 'Room' });
export type Room = z.infer<typeof room>;

export const speaker = z
  .object({ id, name: z.string(), affiliation: z.string().optional(), biography: z.string().optional() })
  .meta({ id: 'Speaker' });
export type Speaker = z.infer<typeof speaker>;

export const session = z
  .object({
    id,
    guid: z.string(),
    slug,
    title: z.string(),
    kind: sessionKind,
    state: sessionState,
    start: instant,
    end: instant,
    roomId: id,
    language: languageTag.optional(),
    track: z.string().optional(),
    abstract: z.string().optional(),
    translations: translated({ title: z.string(), abstract: z.string(), track: z.string() }).optional(),
    speakerIds: z.array(id),
    qa: qaState,
    premoderated: z.boolean(),
    slowMode: z.number().int().describe('seconds between two questions of one actor; 0 is off'),
    speakersAdvance: z
      .boolean()
      .optional()
      .describe('its speakers may mark the live question as answered and take the next one; absent is no'),
    onAir: z.boolean().optional().describe('the stream of its room has a picture or sound now'),
    liveAt: instant.optional(),
    endedAt: instant.optional(),
    screen: screen.optional().describe('what the projector shows; in the session feed only'),
    joinCode: z.string().optional().describe('short code of its address, /j/CODE; in the session feed only'),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof session>;

export const eventSummary = z
  .object({
    id,
    slug,
    title: z.string(),
    description: z.string().optional(),
    translations: translated({ title: z.string(), description: z.string() }).optional(),
    timeZone: z.string(),
    languages: z.array(languageTag),
    start: instant,
    end: instant,
    access: accessMode,
    guests: guestsMode.describe('what guests may do where the access is open'),
    blockedWords: z.array(z.string()).optional().describe('for organisers only'),
    guestDevices: z.boolean().optional().describe('for organisers only'),
    guestProof: z.boolean().optional().describe('for organisers only'),
  })
  .meta({ id: 'EventSummary' });
export type EventSummary = z.infer<typeof eventSummary>;

export const event = eventSummary
  .extend({ rooms: z.array(room), sessions: z.array(session), speakers: z.array(speaker) })
  .meta({ id: 'Event' });
export type Event = z.infer<typeof event>;

const timeZone = z.string().max(64).refine(isTimeZone, 'a time zone such as Europe/Brussels');

/** Times of the examples in the OpenAPI document. */
const day = { start: '2026-03-16T08:00:00+01:00', end: '2026-03-20T22:00:00+01:00' };
const hour = { start: '2026-03-16T09:00:00+01:00', end: '2026-03-16T10:00:00+01:00' };

export const eventDraft = z
  .object({
    slug,
    title,
    description: longText.optional(),
    translations: translated(eventTexts).optional(),
    timeZone,
    languages: z.array(languageTag).min(1).max(30),
    start: instantWithOffset,
    end: instantWithOffset,
    access: accessMode.default('open'),
    guests: guestsMode.default('open'),
    blockedWords: z.array(plainText(60)).max(500).default([]).describe('never shown to the audience'),
    guestDevices: z.boolean().default(false).describe('a device is one guest, also after signing out'),
    guestProof: z.boolean().default(false).describe('new guests show a proof of work'),
  })
  .meta({
    id: 'EventDraft',
    example: { slug: 'ai-week', title: 'AI week', timeZone: 'Europe/Brussels', languages: ['en'], ...day },
  });
export const eventPatch = eventDraft
  .partial()
  .extend({
    access: accessMode.optional(),
    guests: guestsMode.optional(),
    blockedWords: z.array(plainText(60)).max(500).optional(),
    guestDevices: z.boolean().optional(),
    guestProof: z.boolean().optional(),
  })
  .meta({ id: 'EventPatch', example: { title: 'National AI week' } });

export const roomDraft = z
  .object({
    slug,
    name: plainText(LENGTHS.roomName),
    kind: roomKind,
    city: plainText(LENGTHS.city).nullish(),
    capacity: z.number().int().min(1).max(10_000_000).nullish(),
    translations: translated(roomTexts).optional(),
  })
  .meta({
    id: 'RoomDraft',
    example: { slug: 'plenary', name: 'Plenary', kind: 'plenary', city: 'Brussels', capacity: 500 },
  });
export const roomPatch = roomDraft.partial().meta({ id: 'RoomPatch', example: { city: 'Ghent' } });

export const speakerDraft = z
  .object({
    name: plainText(LENGTHS.speakerName),
    affiliation: plainText(LENGTHS.affiliation).nullish(),
    biography: longText.nullish(),
  })
  .meta({ id: 'SpeakerDraft', example: { name: 'Ada Lovelace', affiliation: 'Analytical Engines' } });
export const speakerPatch = speakerDraft
  .partial()
  .meta({ id: 'SpeakerPatch', example: { affiliation: 'Analytical Engines' } });

export const sessionDraft = z
  .object({
    guid: id.optional(),
    slug,
    title,
    kind: sessionKind,
    start: instantWithOffset,
    end: instantWithOffset,
    roomId: id,
    language: languageTag.nullish(),
    track: plainText(LENGTHS.track).nullish(),
    abstract: longText.nullish(),
    translations: translated(sessionTexts).optional(),
    speakerIds: z.array(id).max(100).default([]),
    qa: qaState.default('open'),
    premoderated: z.boolean().default(true),
    slowMode: z.number().int().min(0).max(SLOW_MODE_AT_MOST).default(0),
    speakersAdvance: z.boolean().optional(),
  })
  .meta({
    id: 'SessionDraft',
    example: {
      slug: 'opening',
      title: 'Opening',
      kind: 'plenary',
      ...hour,
      roomId: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
    },
  });

/** An organiser changes anything; a moderator only `state`, `qa`, `premoderated`, `slowMode` and `speakersAdvance`. */
export const sessionPatch = sessionDraft
  .omit({ guid: true })
  .partial()
  .extend({
    state: sessionState.optional(),
    speakerIds: z.array(id).max(100).optional(),
    qa: qaState.optional(),
    premoderated: z.boolean().optional(),
    slowMode: z.number().int().min(0).max(SLOW_MODE_AT_MOST).optional(),
  })
  .meta({ id: 'SessionPatch', example: { slowMode: 30 } });

export type EventDraft = z.infer<typeof eventDraft>;
export type EventPatch = z.infer<typeof eventPatch>;
export type RoomDraft = z.infer<typeof roomDraft>;
export type RoomPatch = z.infer<typeof roomPatch>;
export type SpeakerDraft = z.infer<typeof speakerDraft>;
export type SpeakerPatch = z.infer<typeof speakerPatch>;
export type SessionDraft = z.infer<typeof sessionDraft>;
export type SessionPatch = z.infer<typeof sessionPatch>;

/** One problem of an imported file, with its position as a path such as `schedule.conference.days[0].rooms["Plenary"][2].date`. */
const importProblem = z
  .object({ at: z.string(), severity: z.enum(['warning', 'error']), message: z.string() })
  .meta({ id: 'ImportProblem' });
export type ImportProblem = z.infer<typeof importProblem>;
export const importReport = z
  .object({
    applied: z.boolean(),
    created: z.array(z.string()),
    changed: z.array(z.string()),
    moved: z.array(z.string()),
    cancelled: z.array(z.string()),
    unchanged: z.number().int(),
    problems: z.array(importProblem),
  })
  .meta({ id: 'ImportReport', description: 'created, changed, moved and cancelled are guids of sessions' });
export type ImportReport = z.infer<typeof importReport>;
