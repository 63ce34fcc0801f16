import { Injectable } from '@nestjs/common';
import { type SessionKind } from '#libs/domain/programme-kinds';
import { type ActorContext } from '../identity/actors/actor.js';
import { EventsService } from '../programme/events.service.js';
import { SessionsService } from '../programme/sessions.service.js';
import { toZoned } from '../programme/zoned-time.js';
import { posterColours } from './poster.js';
import { PosterDrawings } from './poster-drawings.js';
import { drawSvg } from './poster-svg.js';

interface Subject {
  readonly kind: SessionKind;
  readonly city?: string;
  readonly title: string;
  readonly subtitle: string;
}

/** Draws pictures of events and sessions that have none, for previews of their addresses. */
@Injectable()
export class PosterService {
  constructor(
    private readonly events: EventsService,
    private readonly sessions: SessionsService,
    private readonly drawings: PosterDrawings,
  ) {}

  async ofEvent(actor: ActorContext | null, slug: string): Promise<Subject> {
    const { title, start, end, timeZone } = await this.events.readSummary(actor, slug);
    const days = [start, end].map((instant) => toZoned(new Date(instant), timeZone).date);
    return { kind: 'plenary', title, subtitle: [...new Set(days)].join(' – ') };
  }

  async ofSession(actor: ActorContext | null, id: string): Promise<Subject> {
    const session = await this.sessions.findReadable(actor, id);
    const { event, rooms } = await this.events.readPart(actor, session);
    const { title, kind, start } = session;
    const city = rooms[0]?.city ?? undefined;
    const { date, time } = toZoned(start, event.timeZone);
    return { kind, city, title, subtitle: [`${date} ${time}`, city, event.title].filter(Boolean).join(' · ') };
  }

  svg({ kind, city, title, subtitle }: Subject): string {
    return drawSvg(posterColours(kind, city), title, subtitle);
  }

  /** Kind and city decide the colours, and they are all that the picture shows. Refuses with `busy` where too many are being drawn. */
  png({ kind, city }: Subject): Promise<Uint8Array> {
    return this.drawings.png(posterColours(kind, city));
  }
}
