import { Inject, Injectable } from '@nestjs/common';
import { slug } from '#libs/contract/text';
import { type ActorContext } from '../auth/actor.js';
import { AppError } from '../common/app-error.js';
import { toAppError } from '../common/to-app-error.js';
import { CONFIG, type Config } from '../config.js';
import { EventsService } from '../programme/events.service.js';
import { type Page, type PageSetting } from './page.js';
import { eventPage, eventsPage, sessionPage } from './programme-page.js';

type Reader = ActorContext | null;

/** Pages of the app that have nothing to say before its script runs, and that no search engine should list. */
const APP_ONLY = /^\/(present\/[^/]+\/[^/]+|demo\/[^/]+|sign-in|[^/]+\/s\/[^/]+\/(moderate|speak))$/;
const EVENT = /^\/([^/]+)$/;
const SESSION = /^\/([^/]+)\/s\/([^/]+)$/;

@Injectable()
export class PagesService {
  constructor(
    private readonly events: EventsService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** What stands at an address of the app, as the reader may see it. A database that is away makes an empty page, never an error. */
  async read(
    actor: Reader,
    path: string,
    language: Omit<PageSetting, 'publicUrl'>,
  ): Promise<{ page: Page; setting: PageSetting }> {
    const setting = { ...language, publicUrl: this.config.publicUrl };
    try {
      return { page: await this.find(actor, path, setting), setting };
    } catch (error) {
      const refusal = toAppError(error);
      if (!refusal) throw error;
      return { page: { status: refusal.code === 'busy' ? 503 : 404, title: 'Plenum', path: null }, setting };
    }
  }

  private async find(actor: Reader, path: string, setting: PageSetting): Promise<Page> {
    const clean = path === '/' ? path : path.replace(/\/$/, '');
    if (clean === '/') return this.front(actor, setting);
    if (APP_ONLY.test(clean)) return { status: 200, title: 'Plenum', path: null };
    const [, eventSlug, sessionSlug] = SESSION.exec(clean) ?? EVENT.exec(clean) ?? [];
    if (!slug.safeParse(eventSlug).success) throw new AppError('not_found');
    const event = await this.events.read(actor, eventSlug!);
    if (sessionSlug === undefined) return hideUnlisted(eventPage(event, setting), event.access);
    const session = event.sessions.find((one) => one.slug === sessionSlug);
    if (!session) throw new AppError('not_found');
    return hideUnlisted(sessionPage(event, session, setting), event.access);
  }

  /** The only event stands for the list of events, as it does in the app. */
  private async front(actor: Reader, setting: PageSetting): Promise<Page> {
    const events = await this.events.list(actor);
    const [only] = events;
    if (!only || events.length > 1) return eventsPage(events, setting);
    return hideUnlisted(eventPage(await this.events.read(actor, only.slug), setting), only.access);
  }
}

function hideUnlisted(page: Page, access: string): Page {
  return access === 'private' ? { ...page, path: null } : page;
}
