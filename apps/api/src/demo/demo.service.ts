import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { type Event } from '#libs/contract/programme';
import { type ActorContext } from '../identity/actors/actor.js';
import { AppError } from '../platform/errors/app-error.js';
import { log } from '../platform/logging/log.js';
import { CONFIG, type Config } from '../config/config.js';
import { ADVISORY_LOCKS, holdAdvisoryLock } from '../platform/database/advisory-locks.js';
import { EventsService } from '../programme/events.service.js';
import { ScheduleImportService } from '../programme/import/schedule-import.service.js';
import { AI_WEEK } from './ai-week.js';
import { DemoRoomsService } from './demo-rooms.service.js';
import { DemoSessionsService } from './demo-sessions.service.js';
import { anchorOf, demoEvent, demoSchedule, isStillLive, PLENARY_SLUG } from './demo-week.js';

/** The actor that loads the demo, an organiser of the whole hub; nobody can sign in as this actor. */
const ORGANISER: ActorContext = {
  id: randomUUID(),
  kind: 'account',
  name: null,
  eventId: null,
  role: 'organiser',
  grants: [],
  mutedIn: [],
  mustChangePassword: false,
  token: { id: randomUUID(), expiresAt: new Date(8.64e15) },
};

/** A newer build may contain another week. */
const ALLOWED = { allowCancel: true };

/**
 * Loads the demo event at every start in demo mode, and in no other. Existing data stay: only times and states are moved, so that the
 * week is now and a plenary, a workshop and a debate are live.
 */
@Injectable()
export class DemoService implements OnApplicationBootstrap {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @InjectDataSource() private readonly source: DataSource,
    private readonly events: EventsService,
    private readonly imports: ScheduleImportService,
    private readonly rooms: DemoRoomsService,
    private readonly sessions: DemoSessionsService,
  ) {}

  async onApplicationBootstrap() {
    if (!this.config.DEMO) return;
    const lock = await holdAdvisoryLock(this.source, ADVISORY_LOCKS.demo);
    try {
      await this.load(new Date());
    } finally {
      await lock.release();
    }
  }

  /** Two nodes may start at once: the second finds a week that is live and changes nothing. */
  async load(now: Date): Promise<void> {
    const known = await this.find();
    const anchor = currentAnchor(known, now) ?? anchorOf(now);
    const { slug, ...fields } = demoEvent(anchor);
    if (known) await this.events.change(ORGANISER, slug, { start: fields.start, end: fields.end });
    else await this.events.create(ORGANISER, { slug, ...fields });
    const report = await this.imports.import(
      ORGANISER,
      slug,
      () => Promise.resolve(bytesOf(demoSchedule(anchor))),
      ALLOWED,
    );
    if (!report.applied) throw new Error(`the demo week does not fit: ${JSON.stringify(report.problems)}`);
    const { sessions, rooms } = await this.events.read(ORGANISER, slug);
    await this.rooms.translate(ORGANISER, rooms);
    await this.sessions.prepare(sessions, now);
    log.info({ created: report.created.length, moved: report.moved.length }, 'the demo event is ready');
  }

  private async find(): Promise<Event | null> {
    try {
      return await this.events.read(ORGANISER, AI_WEEK.slug);
    } catch (error) {
      if (error instanceof AppError && error.code === 'not_found') return null;
      throw error;
    }
  }
}

const bytesOf = (schedule: object) => new TextEncoder().encode(JSON.stringify(schedule));

/** When the live sessions of the loaded week began, if they can continue. */
function currentAnchor(event: Event | null, now: Date): Date | null {
  const plenary = event?.sessions.find(({ slug }) => slug === PLENARY_SLUG);
  if (!plenary) return null;
  const anchor = new Date(plenary.start);
  return isStillLive(anchor, now) ? anchor : null;
}
