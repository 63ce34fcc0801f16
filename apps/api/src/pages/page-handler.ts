import { Inject, Injectable } from '@nestjs/common';
import { type Request, type RequestHandler, type Response } from 'express';
import { type ActorContext } from '../identity/actors/actor.js';
import { Authenticator } from '../identity/tokens/authenticator.js';
import { findToken } from '../identity/tokens/token-source.js';
import { sendEncoded } from '../platform/http/send-encoded.js';
import { CONFIG, type Config } from '../config/config.js';
import { asLanguage, pageLanguage } from './page-language.js';
import { type PageTemplate } from './page-template.js';
import { PagesService } from './pages.service.js';

/** Paths of the API and of Socket.IO. */
const NOT_A_PAGE = /^\/(api|metrics|socket\.io)(\/|$)/;
const HTML_TYPE = 'text/html; charset=utf-8';
/** A missing file returns 404, not a page. */
const FILE = /^\/assets\/|\.[a-z0-9]{1,8}$/i;

@Injectable()
export class PageHandler {
  constructor(
    private readonly pages: PagesService,
    private readonly authenticator: Authenticator,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  serve(template: PageTemplate): RequestHandler {
    return (request, response, next) => {
      if (!['GET', 'HEAD'].includes(request.method) || NOT_A_PAGE.test(request.path)) return next();
      if (FILE.test(request.path)) return void response.status(404).type('text').send('There is no such file.');
      this.answer(template, request, response).catch(next);
    };
  }

  private async answer(template: PageTemplate, request: Request, response: Response): Promise<void> {
    const { lang } = request.query;
    const language = pageLanguage({
      query: lang,
      cookie: request.headers.cookie,
      acceptLanguage: request.headers['accept-language'],
    });
    const asked = { language, isLanguageAsked: asLanguage(lang) !== undefined };
    const actor = await this.actorOf(request);
    const target = await this.pages.redirect(actor, request.path);
    if (target) return response.vary('Cookie').set('Cache-Control', 'private, no-cache').redirect(302, target);
    const { status, html } = await this.pages.render(actor, request.path, asked, template);
    response.status(status).vary('Accept-Language, Cookie').set('Cache-Control', 'private, no-cache');
    response.set('Content-Language', language);
    if (typeof html === 'string') response.type('html').send(html);
    else sendEncoded(request, response, html, HTML_TYPE);
  }

  /** A person whose sign-in is no longer valid gets the page without it; the app reports it. */
  private async actorOf(request: Request): Promise<ActorContext | null> {
    const found = findToken(request.headers, this.config);
    return found && this.authenticator.authenticate(found.token).catch(() => null);
  }
}
