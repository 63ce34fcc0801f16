import { Inject, Injectable } from '@nestjs/common';
import { type ActorContext } from '../../identity/actors/actor.js';
import { type Encoded } from '../../platform/http/encoded.js';
import { CONFIG, type Config } from '../../config/config.js';
import { EventsService } from '../events.service.js';
import { ProgrammeRenderings } from '../programme-renderings.js';
import { type SessionRow } from '../session-rows.repository.js';
import { SessionsService } from '../sessions.service.js';
import { type CalendarOptions, calendarPieces, exportCalendar, startOfDay } from './schedule-ics.js';
import { schedulePieces } from './schedule-json.js';
import { xmlPieces } from './schedule-xml.js';

type Reader = ActorContext | null;

export interface CalendarChoice {
  /** The slug of one session. */
  readonly session?: string;
  readonly lang?: string;
}

/** Programmes for other tools; everybody who may see an event may export it. */
@Injectable()
export class ScheduleExportService {
  constructor(
    private readonly events: EventsService,
    private readonly sessions: SessionsService,
    private readonly renderings: ProgrammeRenderings,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async json(actor: Reader, slug: string): Promise<Encoded> {
    const event = await this.events.findReadableBySlug(actor, slug);
    return this.renderings.read(event, { name: 'schedule.json' }, (programme) =>
      schedulePieces(programme, this.config.publicUrl),
    );
  }

  async xml(actor: Reader, slug: string): Promise<Encoded> {
    const event = await this.events.findReadableBySlug(actor, slug);
    return this.renderings.read(event, { name: 'schedule.xml' }, (programme) =>
      xmlPieces(programme, this.config.publicUrl),
    );
  }

  async calendar(actor: Reader, slug: string, lang?: string): Promise<Encoded> {
    const event = await this.events.findReadableBySlug(actor, slug);
    const language = await this.renderings.languageOf(event, lang);
    const options = this.options(language);
    const form = { name: `schedule.ics ${language ?? ''}`, of: startOfDay(options.now).toISOString() };
    return this.renderings.read(event, form, (programme) => calendarPieces(programme, programme.sessions, options));
  }

  /** One session of an event, by its slug. */
  async calendarOfSlug(actor: Reader, eventSlug: string, sessionSlug: string, lang?: string): Promise<string> {
    const event = await this.events.findReadableBySlug(actor, eventSlug);
    return this.calendarOf(actor, await this.sessions.findBySlug(event.id, sessionSlug), lang);
  }

  async calendarOfSession(actor: Reader, sessionId: string, lang?: string): Promise<string> {
    return this.calendarOf(actor, await this.sessions.findReadable(actor, sessionId), lang);
  }

  private async calendarOf(actor: Reader, session: SessionRow, language?: string): Promise<string> {
    const options = { ...this.options(language), hasAlarms: true };
    return exportCalendar(await this.events.readPart(actor, session), [session], options);
  }

  private options(language: string | undefined): CalendarOptions {
    return { publicUrl: this.config.publicUrl, language, now: new Date() };
  }
}
