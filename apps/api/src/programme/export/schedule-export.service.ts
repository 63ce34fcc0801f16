import { Inject, Injectable } from '@nestjs/common';
import { type ActorContext } from '../../auth/actor.js';
import { AppError } from '../../common/app-error.js';
import { CONFIG, type Config } from '../../config.js';
import { EventsService } from '../events.service.js';
import { SessionsService } from '../sessions.service.js';
import { exportCalendar } from './schedule-ics.js';
import { type ExportedSchedule, exportSchedule } from './schedule-json.js';
import { exportXml } from './schedule-xml.js';

export interface CalendarChoice {
  /** The slug of one session. */
  readonly session?: string;
  readonly lang?: string;
}

/** Programmes for other tools; whoever may see an event may export it. */
@Injectable()
export class ScheduleExportService {
  constructor(
    private readonly events: EventsService,
    private readonly sessions: SessionsService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async json(actor: ActorContext | null, slug: string): Promise<ExportedSchedule> {
    return exportSchedule(await this.events.readProgramme(actor, slug), this.config.publicUrl);
  }

  async xml(actor: ActorContext | null, slug: string): Promise<string> {
    return exportXml(await this.json(actor, slug));
  }

  async calendar(actor: ActorContext | null, slug: string, { session: only, lang }: CalendarChoice): Promise<string> {
    const programme = await this.events.readProgramme(actor, slug);
    const sessions = programme.sessions.filter((session) => only === undefined || session.slug === only);
    if (only !== undefined && sessions.length === 0)
      throw new AppError('not_found', { message: 'There is no such session.' });
    return exportCalendar(programme, sessions, { publicUrl: this.config.publicUrl, language: lang, now: new Date() });
  }

  async calendarOfSession(actor: ActorContext | null, sessionId: string, lang?: string): Promise<string> {
    const session = await this.sessions.findReadable(actor, sessionId);
    const programme = await this.events.readProgrammeOf(actor, session.eventId);
    return exportCalendar(programme, [session], { publicUrl: this.config.publicUrl, language: lang, now: new Date() });
  }
}
