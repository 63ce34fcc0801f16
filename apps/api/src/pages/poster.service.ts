import { Injectable } from '@nestjs/common';
import { type SessionKind } from '#libs/contract/programme';
import { type ActorContext } from '../auth/actor.js';
import { EventsService } from '../programme/events.service.js';
import { SessionsService } from '../programme/sessions.service.js';
import { toZoned } from '../programme/zoned-time.js';
import { posterColours } from './poster.js';
import { drawPng } from './poster-png.js';
import { drawSvg } from './poster-svg.js';

interface Subject {
  readonly kind: SessionKind;
  readonly city?: string;
  readonly title: string;
  readonly subtitle: string;
}

/** Pictures kept, about 30 kB each; there are few kinds and few cities. */
const KEPT = 100;

/** Draws pictures of events and sessions that have none, for previews of their addresses. */
@Injectable()
export class PosterService {
  private readonly drawn = new Map<string, Promise<Buffer>>();

  constructor(
    private readonly events: EventsService,
    private readonly sessions: SessionsService,
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

  /** Drawn once for each kind and city: that is all the picture shows. */
  png({ kind, city }: Subject): Promise<Buffer> {
    const key = `${kind} ${city ?? ''}`;
    const known = this.drawn.get(key);
    if (known) return known;
    const drawing = drawPng(posterColours(kind, city));
    if (this.drawn.size >= KEPT) this.drawn.clear();
    this.drawn.set(key, drawing);
    return drawing;
  }
}
