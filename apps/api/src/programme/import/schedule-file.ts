import { type RoomKind, type SessionKind } from '#libs/domain/programme-kinds';
import { type ImportedFields } from '../session.entity.js';

/** A room as in a file, with a guid of its own. */
export interface FileRoom {
  readonly at: string;
  readonly guid: string;
  readonly slug: string;
  readonly name: string;
  readonly kind: RoomKind;
  readonly city: string | null;
  readonly capacity: number | null;
}

export interface FileSpeaker {
  readonly guid: string;
  readonly name: string;
  readonly affiliation: string | null;
  readonly biography: string | null;
}

export interface FileSession {
  readonly at: string;
  readonly guid: string;
  readonly slug: string;
  readonly title: string;
  readonly kind: SessionKind;
  readonly roomGuid: string;
  readonly start: Date;
  readonly end: Date;
  readonly language: string | null;
  readonly track: string | null;
  readonly abstract: string | null;
  readonly speakerGuids: readonly string[];
  readonly source: ImportedFields;
}

/** The usable parts of a schedule.json. */
export interface ScheduleFile {
  readonly version: string;
  readonly rooms: readonly FileRoom[];
  readonly sessions: readonly FileSession[];
  readonly speakers: readonly FileSpeaker[];
  /** Guids of sessions in the file that are unusable; they did not disappear. */
  readonly unusableGuids: ReadonlySet<string>;
}
