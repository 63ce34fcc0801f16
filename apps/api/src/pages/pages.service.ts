import { Inject, Injectable } from '@nestjs/common';
import { slug } from '#libs/contract/text';
import { type AccessMode, isReadByEveryone } from '#libs/domain/event-modes';
import { type ActorContext } from '../identity/actors/actor.js';
import { AppError } from '../platform/errors/app-error.js';
import { toAppError } from '../platform/errors/to-app-error.js';
import { type Encoded } from '../platform/http/encoded.js';
import { CONFIG, type Config } from '../config/config.js';
import { type EventEntity } from '../programme/event.entity.js';
import { EventsService } from '../programme/events.service.js';
import { ProgrammeRenderings } from '../programme/programme-renderings.js';
import { presentProgramme } from '../programme/programme.presenter.js';
import { type Programme } from '../programme/programme.js';
import { SessionsService } from '../programme/sessions.service.js';
import { type PageTemplate } from './page-template.js';
import { type Page, type PageSetting } from './page.js';
import { eventPage, eventsPage, sessionPage } from './programme-page.js';

type Reader = ActorContext | null;
type Language = Omit<PageSetting, 'publicUrl'>;

/** Pages of the app without content before its script runs, which search engines should not list. */
const APP_ONLY = /^\/(demo\/[^/]+|sign-in)$/;
const DESK = /^\/(?<event>[^/]+)\/s\/(?<session>[^/]+)\/(?<kind>moderate|speak)$/;
const PROJECTOR = /^\/(?<kind>present)\/(?<event>[^/]+)\/(?<session>[^/]+)$/;
const JOIN = /^\/j\/([a-z0-9]{5})\/?$/i;
const EVENT = /^\/([^/]+)$/;
const SESSION = /^\/([^/]+)\/s\/([^/]+)$/;

const APP_PAGE: Page = { status: 200, title: 'Plenum', path: null };

/** A page as it is sent: as a text, or encoded once for everybody. */
export interface Rendered {
  readonly status: Page['status'];
  readonly html: string | Encoded;
}

@Injectable()
export class PagesService {
  constructor(
    private readonly events: EventsService,
    private readonly sessions: SessionsService,
    private readonly renderings: ProgrammeRenderings,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The target of a short address; null for other addresses, and for codes of which the reader may not know. */
  async redirect(actor: Reader, path: string): Promise<string | null> {
    const [, code] = JOIN.exec(path) ?? [];
    if (code === undefined) return null;
    return this.sessions.addressOf(actor, code).catch((error: unknown) => {
      if (toAppError(error)?.code === 'not_found') return null;
      throw error;
    });
  }

  /** The page at an address of the app, as the reader may see it. A database that is unavailable gives an empty page, never an error. */
  async render(actor: Reader, path: string, language: Language, template: PageTemplate): Promise<Rendered> {
    const setting = { ...language, publicUrl: this.config.publicUrl };
    try {
      const found = await this.find(actor, path, setting);
      if ('status' in found) return { status: found.status, html: template.render(found, setting) };
      return { status: 200, html: await this.renderEvent(found, setting, template) };
    } catch (error) {
      const refusal = toAppError(error);
      if (!refusal) throw error;
      const page: Page = { status: refusal.code === 'busy' ? 503 : 404, title: 'Plenum', path: null };
      return { status: page.status, html: template.render(page, setting) };
    }
  }

  /** A page, or the event whose page it is. */
  private async find(actor: Reader, path: string, setting: PageSetting): Promise<Page | EventEntity> {
    const clean = path === '/' ? path : path.replace(/\/$/, '');
    if (clean === '/') return this.front(actor, setting);
    if (APP_ONLY.test(clean)) return APP_PAGE;
    const view = (DESK.exec(clean) ?? PROJECTOR.exec(clean))?.groups;
    if (view) return this.viewPage(actor, view, setting);
    const [, eventSlug, sessionSlug] = SESSION.exec(clean) ?? EVENT.exec(clean) ?? [];
    if (!slug.safeParse(eventSlug).success) throw new AppError('not_found');
    const event = await this.events.findReadableBySlug(actor, eventSlug!);
    return sessionSlug === undefined ? event : this.sessionOf(actor, event, sessionSlug, setting);
  }

  private async sessionOf(actor: Reader, event: EventEntity, sessionSlug: string, setting: PageSetting): Promise<Page> {
    if (!slug.safeParse(sessionSlug).success) throw new AppError('not_found');
    const session = await this.sessions.findBySlug(event.id, sessionSlug);
    const part = presentProgramme(await this.events.readPart(actor, session), { isOrganiser: false });
    return hideUnlisted(sessionPage(part, part.sessions[0]!, setting), event.access);
  }

  /** A desk's page contains its session, where the reader may know it; it opens in any case, and so does a projector. */
  private async viewPage(actor: Reader, address: Record<string, string>, setting: PageSetting): Promise<Page> {
    const page: Page = { ...APP_PAGE, ...viewOf(address) };
    if (!page.view || page.view.kind === 'present') return page;
    try {
      const event = await this.events.findReadableBySlug(actor, address['event']!);
      const { title, body = [] } = await this.sessionOf(actor, event, address['session']!, setting);
      return { ...page, title, body };
    } catch (error) {
      if (toAppError(error)) return page;
      throw error;
    }
  }

  /** A single event replaces the list of events, as it does in the app. */
  private async front(actor: Reader, setting: PageSetting): Promise<Page | EventEntity> {
    const events = await this.events.list(actor);
    const [only] = events;
    if (!only || events.length > 1) return eventsPage(events, setting);
    return this.events.findReadableBySlug(actor, only.slug);
  }

  /** Everybody who may read an event reads the same page. */
  private renderEvent(event: EventEntity, setting: PageSetting, template: PageTemplate): Promise<Encoded> {
    const name = `page ${setting.language} ${setting.isLanguageAsked}`;
    return this.renderings.read(event, { name }, (programme) => eventPieces(programme, setting, template));
  }
}

function* eventPieces(programme: Programme, setting: PageSetting, template: PageTemplate): Generator<string> {
  const event = presentProgramme(programme, { isOrganiser: false });
  yield '';
  yield* template.pieces(hideUnlisted(eventPage(event, setting), event.access), setting);
}

/** The view for a desk or a projector, where its address can be one. */
function viewOf({ kind, event, session }: Record<string, string>): Pick<Page, 'view'> {
  if (!slug.safeParse(event).success || !slug.safeParse(session).success) return {};
  return { view: { kind: kind as 'moderate' | 'speak' | 'present', event: event!, session: session! } };
}

function hideUnlisted(page: Page, access: AccessMode): Page {
  return isReadByEveryone(access) ? page : { ...page, path: null };
}
